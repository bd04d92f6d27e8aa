import type { Application } from '../model/argocd';

/**
 * Answer to "which Applications does this ApplicationSet generate?".
 *
 * `error` is what Argo CD would report: nothing is created, changed or deleted then. `not-evaluable` is what only a live
 * third party could say (scmProvider, pullRequest, plugin, a repository that was not given).
 *
 * @public
 */
export type ApplicationSetEvaluation =
  | { status: 'ok'; applications: GeneratedApplication[] }
  | {
      status: 'error';
      reason: string;
      message: string;
      /** What failed to render, where that is it. */
      template?: TemplateLine;
    }
  | { status: 'not-evaluable'; message: string };

/**
 * A line of a string in an ApplicationSet: each string is a template of its own.
 *
 * @public
 */
export interface TemplateLine {
  /** The whole string. */
  text: string;
  /** Counted from 1. */
  line: number;
}

/**
 * One generated Application with where it came from.
 *
 * @public
 */
export interface GeneratedApplication {
  application: Application;
  /** Path of the generator in the spec, for example `spec.generators[0].matrix.generators[1]`. */
  generator: string;
  /** The parameters that its template was rendered with. Read-only: Applications share them. */
  params: Record<string, any>;
}
