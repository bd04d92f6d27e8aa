import type { Application, ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { ApplicationSetError, NotEvaluableError, renderError } from './errors';
import { transform } from './generators/transform';
import { mutatesParams } from '../gotemplate/params';
import { type Params, toPlain, toSharedPlain } from './params';
import { mergeTemplate } from './render/mergeTemplate';
import { compileTemplate } from './render/template';
import { compileTemplatePatch } from './render/templatePatch';
import { TextRenderer } from './render/textRenderer';
import {
  applicationSet as applicationSetType,
  applicationSetTemplate,
} from './schema/applicationSet';
import { decode, zeroValue } from './schema/decode';
import type { ApplicationSetEvaluation, GeneratedApplication } from './types';

const DEFAULT_NAMESPACE = 'argocd';

/** Everything that an ApplicationSet says, where line ends and tabs still separate words. */
function allTexts(spec: unknown): string {
  return JSON.stringify(spec).replace(/\\[bfnrt]/g, ' ');
}

class Evaluation {
  private readonly applications: GeneratedApplication[] = [];
  private firstError: ApplicationSetError | undefined;
  private notEvaluable: NotEvaluableError | undefined;
  private readonly texts: TextRenderer;
  /** Whether no template writes into its parameters. */
  private readonly readOnly: boolean;
  private readonly patch:
    | ((application: Application, params: Params) => Application)
    | undefined;

  constructor(
    private readonly applicationSet: any,
    private readonly hub: HubSnapshot,
  ) {
    const { goTemplate, goTemplateOptions, templatePatch } =
      applicationSet.spec;
    this.readOnly =
      !goTemplate || !mutatesParams(allTexts(applicationSet.spec));
    this.texts = new TextRenderer(Boolean(goTemplate), goTemplateOptions ?? []);
    this.patch =
      templatePatch === undefined
        ? undefined
        : compileTemplatePatch(templatePatch, this.texts);
  }

  run(): ApplicationSetEvaluation {
    const generators: any[] = this.applicationSet.spec.generators ?? [];
    generators.forEach((generator, index) =>
      this.runGenerator(generator, `spec.generators[${index}]`),
    );
    if (this.firstError) {
      const { reason, message } = this.firstError;
      return { status: 'error', reason, message };
    }
    return this.notEvaluable
      ? { status: 'not-evaluable', message: this.notEvaluable.message }
      : { status: 'ok', applications: this.applications };
  }

  private runGenerator(generator: any, path: string): void {
    const { spec } = this.applicationSet;
    const results = this.attempt(() =>
      transform(
        generator,
        {
          hub: this.hub,
          goTemplate: Boolean(spec.goTemplate),
          texts: this.texts,
          project: spec.template.spec.project,
          interpolated: false,
          readOnly: this.readOnly,
        },
        path,
      ),
    );
    for (const { kind, params } of results ?? []) {
      const template = mergeTemplate(
        applicationSetTemplate,
        generator[kind].template ?? zeroValue(applicationSetTemplate),
        spec.template,
      );
      const render = compileTemplate(
        template,
        this.texts,
        Boolean(spec.syncPolicy?.preserveResourcesOnDeletion),
      );
      for (const item of params) {
        const plainParams = this.readOnly ? toSharedPlain(item) : toPlain(item);
        const application = this.attempt(() => this.renderOne(render, item));
        if (application) {
          this.applications.push({
            application,
            generator: `${path}.${kind}`,
            params: plainParams,
          });
        }
      }
    }
  }

  private renderOne(
    render: (params: Params) => Application,
    params: Params,
  ): Application {
    let application: Application;
    try {
      application = render(params);
      application = this.patch ? this.patch(application, params) : application;
    } catch (error) {
      throw error instanceof ApplicationSetError ||
        error instanceof NotEvaluableError
        ? error
        : renderError((error as Error).message);
    }
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      ...application,
      metadata: {
        ...application.metadata,
        name: application.metadata.name ?? '',
        namespace: this.applicationSet.metadata.namespace ?? DEFAULT_NAMESPACE,
      },
    };
  }

  /** Notes the first error and goes on, as Argo CD does. */
  private attempt<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (error instanceof NotEvaluableError) {
        this.notEvaluable ??= error;
        return undefined;
      }
      if (error instanceof ApplicationSetError) {
        this.firstError ??= error;
        return undefined;
      }
      throw error;
    }
  }
}

/**
 * The Applications that an ApplicationSet generates on a hub, as Argo CD 3.6 computes them before it looks at what exists.
 *
 * All errors that stop Argo CD are an answer (`status: 'error'`), the first one where there are several. What would take a
 * live third party, or a repository that the hub snapshot does not hold, is `not-evaluable`. A repository or revision that
 * does not exist is an error too: the snapshot's `repositories` throws for it.
 *
 * The Applications are read-only: equal parts are shared between them.
 *
 * Source: Argo CD `applicationset/controllers/template/template.go` `GenerateApplications`.
 *
 * @public
 */
export function evaluateApplicationSet(
  applicationSet: ApplicationSet,
  hub: HubSnapshot,
): ApplicationSetEvaluation {
  try {
    return new Evaluation(
      decode(applicationSetType, applicationSet, ''),
      hub,
    ).run();
  } catch (error) {
    if (error instanceof ApplicationSetError) {
      return { status: 'error', reason: error.reason, message: error.message };
    }
    throw error;
  }
}
