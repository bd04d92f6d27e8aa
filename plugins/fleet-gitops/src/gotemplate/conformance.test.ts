import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { GoTemplateError, renderGoTemplate } from '.';

interface TemplateCase {
  name: string;
  template: string;
  params: Record<string, unknown>;
  goTemplateOptions?: string[];
  expect: { output?: string; error?: string };
}

const folder = join(__dirname, 'testdata');

function readCases(file: string): TemplateCase[] {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
}

function outcome({ template, params, goTemplateOptions }: TemplateCase) {
  try {
    return {
      output: renderGoTemplate(template, params, { goTemplateOptions }),
    };
  } catch (error) {
    expect(error).toBeInstanceOf(GoTemplateError);
    return { error: 'fails' };
  }
}

/** What Argo CD's own renderer answered; of an error only that there is one. */
describe('renderGoTemplate renders as Argo CD does', () => {
  it.each(readdirSync(folder))('%s', file => {
    const cases = readCases(file);
    expect(cases.length).toBeGreaterThan(0);
    const results = cases.map(testCase => ({
      name: testCase.name,
      ...outcome(testCase),
    }));
    expect(results).toEqual(
      cases.map(({ name, expect: { output, error } }) =>
        error === undefined ? { name, output } : { name, error: 'fails' },
      ),
    );
  });
});
