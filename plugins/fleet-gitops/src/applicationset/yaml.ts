import { parseDocument } from 'yaml';

/** A text that is no YAML. */
export class YamlError extends Error {}

export function parseYaml(text: string): any {
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
  });
  if (document.errors.length) {
    throw new YamlError(document.errors[0].message);
  }
  return document.toJS() ?? null;
}
