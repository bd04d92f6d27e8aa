import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { LineCounter, parseAllDocuments } from 'yaml';
import { FunctionError } from '../gotemplate/errors';
import { decodeDocument, GO_YAML } from '../gotemplate/yaml/fromYaml';
import { indentContinuations } from '../gotemplate/yaml/indentContinuations';
import type { Declared, RepositoryProblem } from './types';

/** What a file of manifests says. */
export interface Manifests {
  objects: Declared<KubernetesObject>[];
  problem?: RepositoryProblem;
}

/**
 * Reads the objects of a YAML or JSON text as `kubectl` and Argo CD do, by YAML 1.1: `yes` is true and `010` is 8. The items
 * of a `List` are objects of their own. One document that cannot be read makes the whole file unreadable, as it does for
 * Argo CD.
 *
 * Source: `sigs.k8s.io/yaml`.
 */
export function parseManifests(file: string, text: string): Manifests {
  const read = readObjects(file, text);
  if (!read.problem) return read;
  const indented = indentContinuations(text);
  if (indented === text) return read;
  const again = readObjects(file, indented);
  return again.problem ? read : again;
}

/** What every message of the conversion begins with. */
const CONVERTING = /^error converting YAML to JSON: (?:yaml: )?/;

/** Where a document cannot be converted: `{{ .x }}` is a map with a map for a key. */
function offsetOf(
  text: string,
  [start, end]: readonly number[],
  message: string,
): number {
  const expression = text.indexOf('{{', start);
  return message.startsWith('invalid map key') &&
    expression >= 0 &&
    expression < end
    ? expression
    : start;
}

function readObjects(file: string, text: string): Manifests {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    ...GO_YAML,
    lineCounter,
    prettyErrors: false,
  });
  if ('empty' in documents) return { objects: [] };
  const objects: Declared<KubernetesObject>[] = [];
  const problem = (offset: number, message: string): Manifests => ({
    objects: [],
    problem: { file, line: lineCounter.linePos(offset).line, message },
  });
  for (const [document, parsed] of documents.entries()) {
    const [error] = parsed.errors;
    if (error) return problem(error.pos[0], error.message);
    try {
      for (const object of itemsOf(decodeDocument(parsed, text)))
        objects.push({ object, file, document });
    } catch (failure) {
      if (!(failure instanceof FunctionError)) throw failure;
      const message = failure.message.replace(CONVERTING, '');
      return problem(offsetOf(text, parsed.range, message), message);
    }
  }
  return { objects };
}

/** Source: Kubernetes API conventions, `List`: a kind that ends with it and `items`. */
function itemsOf(value: unknown): KubernetesObject[] {
  if (!value || typeof value !== 'object') return [];
  const { kind, items, metadata } = value as Record<string, unknown>;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items))
    return items.flatMap(itemsOf);
  return metadata && typeof metadata === 'object'
    ? [value as KubernetesObject]
    : [];
}
