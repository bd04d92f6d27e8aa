import { ApplicationSetCase, checkApplicationsCase } from './applications';
import { checkGlobCase, GlobCase } from './glob';
import { checkHelmCase, HelmCase } from './helm';
import { checkReconcileCase } from './reconcile';
import { checkTemplateCase, TemplateCase } from './template';
import type { GoldenCase, GoldenCaseKind } from './types';

const CHECKS: Record<GoldenCaseKind, (input: any) => string | undefined> = {
  applications: (input: ApplicationSetCase) => checkApplicationsCase(input),
  reconcile: (input: ApplicationSetCase) => checkReconcileCase(input),
  template: (input: TemplateCase) => checkTemplateCase(input),
  glob: (input: GlobCase) => checkGlobCase(input),
  helm: (input: HelmCase) => checkHelmCase(input),
};

/**
 * What a golden case asks: its `kind`, or what its members show. `undefined` where it asks nothing known.
 *
 * @public
 */
export function goldenCaseKind(input: GoldenCase): GoldenCaseKind | undefined {
  const { kind } = input;
  if (kind !== undefined) return kind in CHECKS ? kind : undefined;
  if ('chart' in input) return 'helm';
  if ('glob' in input) return 'glob';
  if ('template' in input) return 'template';
  if (!('applicationSet' in input)) return undefined;
  return 'existing' in input || Array.isArray(input.expect?.created)
    ? 'reconcile'
    : 'applications';
}

/**
 * Compares a golden case with this engine's answer, never throws.
 *
 * @returns the difference in a few lines, expected lines with `-` and answered ones with `+`; `undefined` for none
 * @public
 */
export function checkGoldenCase(input: GoldenCase): string | undefined {
  const kind = goldenCaseKind(input);
  if (!kind) return `has no known kind (${Object.keys(CHECKS).join(', ')})`;
  if (input.expect === undefined) return 'has no `expect`';
  try {
    return CHECKS[kind](input);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : error}`;
  }
}
