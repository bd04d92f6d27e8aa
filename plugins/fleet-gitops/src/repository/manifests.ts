import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { Declared, RepositoryProblem } from './types';

/** What a file of manifests says. */
export interface Manifests {
  objects: Declared<KubernetesObject>[];
  problem?: RepositoryProblem;
}

/**
 * Reads the objects of a YAML or JSON text; the items of a `List` are objects of their own. One document that cannot be
 * read makes the whole file unreadable, as it does for Argo CD.
 */
export function parseManifests(file: string, text: string): Manifests {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    merge: true,
    // Of keys that are there twice Argo CD takes the last, as sigs.k8s.io/yaml does.
    uniqueKeys: false,
    lineCounter,
    prettyErrors: false,
  });
  if ('empty' in documents) return { objects: [] };
  const objects: Declared<KubernetesObject>[] = [];
  for (const [document, parsed] of documents.entries()) {
    const [error] = parsed.errors;
    if (error) {
      const { line } = lineCounter.linePos(error.pos[0]);
      return { objects: [], problem: { file, line, message: error.message } };
    }
    for (const object of itemsOf(parsed.toJS()))
      objects.push({ object, file, document });
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
