import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';
import { parseAllDocuments } from 'yaml';

const parsed = new WeakMap<
  RepositorySnapshot['files'],
  Map<string, unknown[]>
>();

/**
 * The documents of a YAML file of a snapshot, parsed once. A file that is missing has none, and neither has one that
 * does not parse: what depends on it is then not known.
 */
export function readYaml(
  { files }: Pick<RepositorySnapshot, 'files'>,
  path: string,
): unknown[] {
  let documents = parsed.get(files);
  if (!documents) {
    documents = new Map();
    parsed.set(files, documents);
  }
  let found = documents.get(path);
  if (!found) {
    found = parse(files.get(path));
    documents.set(path, found);
  }
  return found;
}

function parse(text: string | undefined): unknown[] {
  if (text === undefined) return [];
  const documents = parseAllDocuments(text);
  if ('empty' in documents) return [];
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  return documents.map(document => document.toJS());
}
