import { FastTemplateError, renderFastTemplate } from '../fasttemplate';
import { GoTemplateError, renderGoTemplate } from '../gotemplate';
import { diffTexts, outcomeOf } from './outcome';
import type { GoldenCase } from './types';

/** Input of the kind `template`. */
export interface TemplateCase extends GoldenCase {
  template: string;
  params?: Record<string, any>;
  /** False for the `{{name}}` templates of ApplicationSets without Go templates. */
  goTemplate?: boolean;
  goTemplateOptions?: string[];
  expect: { output?: string; error?: string };
}

/** The difference between a golden case of kind `template` and this engine's answer; `undefined` for none. */
export function checkTemplateCase(input: TemplateCase): string | undefined {
  const { template, params = {}, goTemplateOptions, expect } = input;
  const answer = outcomeOf(
    () =>
      input.goTemplate === false
        ? renderFastTemplate(template, params)
        : renderGoTemplate(template, params, { goTemplateOptions }),
    error =>
      error instanceof GoTemplateError || error instanceof FastTemplateError,
  );
  if ('defect' in answer) return `failed: ${answer.defect}`;
  if (expect.error !== undefined) {
    return 'error' in answer
      ? undefined
      : `expected the error ${expect.error}, got ${JSON.stringify(
          answer.output,
        )}`;
  }
  return 'error' in answer
    ? `expected ${JSON.stringify(expect.output)}, got the error ${answer.error}`
    : diffTexts(expect.output ?? '', answer.output);
}
