import type { Application, ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { ApplicationSetError, NotEvaluableError, renderError } from './errors';
import { transform } from './generators/transform';
import { mutatesParams } from '../gotemplate/params';
import { type Params, toPlain, toSharedPlain } from './params';
import { mergeTemplate } from './render/mergeTemplate';
import { compileTemplate, type RenderApplication } from './render/template';
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

/** What is the same whatever the hub: the decoded manifest and its parsed templates. */
class Preparation {
  readonly texts: TextRenderer;
  /** Whether no template writes into its parameters. */
  readonly readOnly: boolean;
  readonly patch:
    | ((application: Application, params: Params) => Application)
    | undefined;
  private readonly templates = new Map<unknown, RenderApplication>();

  constructor(readonly applicationSet: any) {
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

  /** The rendering of the template of one kind of generator in an entry, completed by the ApplicationSet's own. */
  template(generator: any): RenderApplication {
    let render = this.templates.get(generator);
    if (!render) {
      const { spec } = this.applicationSet;
      render = compileTemplate(
        mergeTemplate(
          applicationSetTemplate,
          generator.template ?? zeroValue(applicationSetTemplate),
          spec.template,
        ),
        this.texts,
        Boolean(spec.syncPolicy?.preserveResourcesOnDeletion),
      );
      this.templates.set(generator, render);
    }
    return render;
  }
}

class Evaluation {
  private readonly applications: GeneratedApplication[] = [];
  private firstError: ApplicationSetError | undefined;
  private notEvaluable: NotEvaluableError | undefined;

  constructor(
    private readonly preparation: Preparation,
    private readonly hub: HubSnapshot,
  ) {}

  run(): ApplicationSetEvaluation {
    const { spec } = this.preparation.applicationSet;
    const generators: any[] = spec.generators ?? [];
    generators.forEach((generator, index) =>
      this.runGenerator(generator, `spec.generators[${index}]`),
    );
    if (this.firstError) {
      return failure(this.firstError);
    }
    return this.notEvaluable
      ? { status: 'not-evaluable', message: this.notEvaluable.message }
      : { status: 'ok', applications: this.applications };
  }

  private runGenerator(generator: any, path: string): void {
    const { applicationSet, texts, readOnly } = this.preparation;
    const { spec } = applicationSet;
    const results = this.attempt(() =>
      transform(
        generator,
        {
          hub: this.hub,
          goTemplate: Boolean(spec.goTemplate),
          texts,
          project: spec.template.spec.project,
          interpolated: false,
          readOnly,
        },
        path,
      ),
    );
    for (const { kind, params } of results ?? []) {
      const render = this.preparation.template(generator[kind]);
      for (const item of params) {
        const plainParams = readOnly ? toSharedPlain(item) : toPlain(item);
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
      const { patch } = this.preparation;
      application = patch ? patch(application, params) : application;
    } catch (error) {
      throw error instanceof ApplicationSetError ||
        error instanceof NotEvaluableError
        ? error
        : renderError((error as Error).message, error);
    }
    return {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      ...application,
      metadata: {
        ...application.metadata,
        name: application.metadata.name ?? '',
        namespace:
          this.preparation.applicationSet.metadata.namespace ??
          DEFAULT_NAMESPACE,
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

function failure(error: ApplicationSetError): ApplicationSetEvaluation {
  const { reason, message, template } = error;
  return { status: 'error', reason, message, ...(template && { template }) };
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
  return prepareApplicationSet(applicationSet)(hub);
}

/**
 * As {@link evaluateApplicationSet}, for several hubs or states of one: the manifest is decoded and its templates are parsed
 * once. It must not change any more.
 *
 * @public
 */
export function prepareApplicationSet(
  applicationSet: ApplicationSet,
): (hub: HubSnapshot) => ApplicationSetEvaluation {
  try {
    const preparation = new Preparation(
      decode(applicationSetType, applicationSet, ''),
    );
    return hub => new Evaluation(preparation, hub).run();
  } catch (error) {
    if (error instanceof ApplicationSetError) {
      return () => failure(error);
    }
    throw error;
  }
}
