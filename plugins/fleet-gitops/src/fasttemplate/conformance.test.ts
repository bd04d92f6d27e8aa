import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FastTemplateError, renderFastTemplate } from '.';

interface TemplateCase {
  name: string;
  template: string;
  params: Record<string, unknown>;
  expect: { output?: string; error?: string };
}

const cases: TemplateCase[] = JSON.parse(
  gunzipSync(
    readFileSync(join(__dirname, 'testdata', 'fasttemplate.json.gz')),
  ).toString('utf8'),
);

function answer({ template, params }: TemplateCase) {
  try {
    return { output: renderFastTemplate(template, params) };
  } catch (error) {
    return { error: error instanceof FastTemplateError };
  }
}

describe('golden cases of Argo CD', () => {
  it.each(cases.map(item => [item.name, item] as const))('%s', (_, item) => {
    const { error, output } = item.expect;
    expect(answer(item)).toEqual(error ? { error: true } : { output });
  });
});
