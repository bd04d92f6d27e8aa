import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { parseAllDocuments } from 'yaml';
import type { RepositorySnapshot } from '../model/repository';
import type { Declared } from '../repository';

/** A file that seems to hold something and cannot be read. */
export interface UnreadableFile {
  file: string;
  message: string;
}

const DEFINITIONS =
  /\bkind"?\s*:\s*["']?(ClusterBlueprint|ClusterClass|CompositeResourceDefinition|CustomResourceDefinition|ResourceGraphDefinition)\b/;

const definitionCache = new WeakMap<object, DeclaredObjects>();

/** The objects of some files, and the files that hold none because they cannot be read. */
export interface DeclaredObjects {
  objects: Declared<KubernetesObject>[];
  unreadable: UnreadableFile[];
}

/** Blueprints, and the definitions of what claims can be: CRDs, XRDs, ResourceGraphDefinitions, ClusterClasses. Cached by snapshot. */
export function declaredDefinitions(
  repository: RepositorySnapshot,
): DeclaredObjects {
  const cached = definitionCache.get(repository.files);
  if (cached) return cached;
  const result = readObjects(repository, text => DEFINITIONS.test(text));
  definitionCache.set(repository.files, result);
  return result;
}

/** The objects in the YAML and JSON files whose text a function picks. */
export function readObjects(
  repository: RepositorySnapshot,
  pick: (text: string) => boolean,
): DeclaredObjects {
  const objects: Declared<KubernetesObject>[] = [];
  const unreadable: UnreadableFile[] = [];
  for (const [file, text] of repository.files) {
    if (!/\.(ya?ml|json)$/.test(file) || !pick(text)) continue;
    const documents = parseAllDocuments(text, {
      merge: true,
      prettyErrors: false,
    });
    if ('empty' in documents) continue;
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error) {
      unreadable.push({ file, message: error.message });
      continue;
    }
    documents.forEach((parsed, document) => {
      const object = parsed.toJS();
      if (
        object?.metadata &&
        typeof object.metadata === 'object' &&
        typeof object.kind === 'string' &&
        typeof object.apiVersion === 'string'
      )
        objects.push({ object, file, document });
    });
  }
  return { objects, unreadable };
}
