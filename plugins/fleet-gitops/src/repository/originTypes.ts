import type { ApplicationSetEvaluation } from '../applicationset';
import type { Application, ApplicationSet } from '../model/argocd';
import type { Declared } from './types';

/**
 * What brings Applications about: an ApplicationSet, a manifest in a file, a Helm chart of Applications.
 *
 * @public
 */
export type OriginKind = 'applicationset' | 'application' | 'chart';

/**
 * One step on the way from a file of the repository to an Application.
 *
 * @public
 */
export interface OriginStep {
  kind: OriginKind;
  /** Name of the object; of the chart's directory for a chart. */
  name: string;
  /** The file that declares it. */
  file: string;
}

/**
 * One source of Applications with what it makes.
 *
 * @public
 */
export interface EvaluatedOrigin {
  kind: OriginKind;
  /** The same in the next state of the repository. */
  key: string;
  /** Name of the ApplicationSet, or of the Application whose source it is. */
  name: string;
  /** The file that decides. */
  file: string;
  /** From the outermost Application down to this origin. */
  path: OriginStep[];
  /** The cluster whose own Argo CD has the Applications; absent for the hub at hand. */
  home?: string;
  /** The ApplicationSet, for one. */
  declared?: Declared<ApplicationSet>;
  /** The Application whose source it is, for a chart. */
  application?: Application;
  /** Computed when it is first asked for. */
  readonly evaluation: ApplicationSetEvaluation;
}

/** An origin in words, for messages. */
export function describeOrigin({ kind, name, path }: EvaluatedOrigin): string {
  switch (kind) {
    case 'applicationset':
      return `ApplicationSet \`${name}\``;
    case 'application':
      return `Application \`${name}\``;
    default:
      return `The ${kind} \`${
        path[path.length - 1]?.name ?? ''
      }\` of Application \`${name}\``;
  }
}
