/**
 * What a golden case asks: which Applications a set generates, what becomes of those that exist, what a template or a chart
 * renders to, what a pattern matches.
 *
 * @public
 */
export type GoldenCaseKind =
  | 'applications'
  | 'reconcile'
  | 'template'
  | 'glob'
  | 'helm';

/**
 * An input, and what the upstream program's own code (Argo CD, Helm, Git) answered.
 *
 * @public
 */
export interface GoldenCase {
  name: string;
  /** Told from the other members where it is left out. */
  kind?: GoldenCaseKind;
  expect: any;
}
