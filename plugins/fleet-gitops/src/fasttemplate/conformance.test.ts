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

describe('golden cases of Argo CD', () => {
  it.each(cases.map(item => [item.name, item] as const))(
    '%s',
    (_, { template, params, expect: { output, error } }) => {
      if (error) {
        expect(() => renderFastTemplate(template, params)).toThrow(
          FastTemplateError,
        );
      } else {
        expect(renderFastTemplate(template, params)).toBe(output);
      }
    },
  );
});
