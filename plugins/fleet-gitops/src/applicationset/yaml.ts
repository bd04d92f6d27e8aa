import { unmarshalYaml } from '../gotemplate/yaml/fromYaml';

/** A text that is no YAML. */
export class YamlError extends Error {}

/**
 * The first document of a YAML text as Argo CD reads it: YAML 1.1, numbers as float64, `null` for an empty text.
 *
 * @throws YamlError
 */
export function parseYaml(text: string): any {
  try {
    return unmarshalYaml(text);
  } catch (error) {
    throw new YamlError((error as Error).message);
  }
}
