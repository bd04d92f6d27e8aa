import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../applicationset';
import type { ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';

/**
 * What a generator yields: one set of parameters for each Application it would make, or why there is none.
 *
 * @public
 */
export type GeneratorRows =
  | { status: 'ok'; rows: Array<Record<string, any>> }
  | Exclude<ApplicationSetEvaluation, { status: 'ok' }>;

/** A template that reads nothing, so that only generators can fail. */
const TEMPLATE = {
  metadata: { name: 'row' },
  spec: { project: 'default', destination: { name: 'row' } },
};

/**
 * Evaluates one generator of an ApplicationSet alone.
 *
 * @public
 */
export function generatorRows(
  { metadata, spec }: ApplicationSet,
  generator: object,
  hub: HubSnapshot,
): GeneratorRows {
  const { goTemplate, goTemplateOptions, template } = spec;
  const result = evaluateApplicationSet(
    {
      metadata,
      spec: {
        goTemplate,
        goTemplateOptions,
        generators: [generator],
        template: {
          ...TEMPLATE,
          // Git generators look for their repository in the project of the template.
          spec: { ...TEMPLATE.spec, project: template?.spec?.project },
        },
      },
    },
    hub,
  );
  return result.status === 'ok'
    ? { status: 'ok', rows: result.applications.map(({ params }) => params) }
    : result;
}
