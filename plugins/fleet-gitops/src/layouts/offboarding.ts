import { ConflictError } from '@backstage/errors';
import { parse, parseAllDocuments } from 'yaml';
import type { ApplicationSet } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import type { Declared } from '../repository';
import { indexRepository } from '../repository/indexRepository';
import { removeDocument, removeListItem } from '../yaml';
import type { Edits } from './edits';
import { sourcePath } from './fleetServices';
import type { LayoutService } from './types';

/** Takes an ApplicationSet out of its file; a file that has nothing else goes, with its entry in the kustomization beside it. */
export function removeApplicationSet(
  { file, object }: Declared<ApplicationSet>,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const { name, namespace } = object.metadata;
  const documents = parseAllDocuments(edits.text(file));
  const line = `${file}: remove ApplicationSet ${name}`;
  if (documents.filter(({ contents }) => contents !== null).length <= 1) {
    if (documents.some(document => document.toJS()?.kind === 'List'))
      throw inList(file, name);
    edits.delete(file, line);
    removeFromKustomization(file, repository, edits);
    return;
  }
  const index = documents.findIndex(document => {
    const { kind, metadata } = document.toJS() ?? {};
    return (
      kind === 'ApplicationSet' &&
      metadata?.name === name &&
      metadata?.namespace === namespace
    );
  });
  if (index < 0) throw inList(file, name);
  edits.set(file, removeDocument(edits.text(file), index, file)!, line);
}

function inList(file: string, name: string): ConflictError {
  return new ConflictError(
    `${file} has ApplicationSet \`${name}\` in a List. Move it into a document of its own, or remove it by hand.`,
  );
}

/** A directory that lists its files in a kustomization.yaml must not list one that is gone. */
export function removeFromKustomization(
  file: string,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const kustomization = `${directory}kustomization.yaml`;
  if (!repository.files.has(kustomization)) return;
  const text = edits.text(kustomization);
  const resources: unknown = parse(text)?.resources;
  const name = file.slice(directory.length);
  const index = Array.isArray(resources)
    ? resources.findIndex(entry => entry === name || entry === `./${name}`)
    : -1;
  if (index < 0) return;
  edits.set(
    kustomization,
    removeListItem(text, ['resources', index], { file: kustomization }),
    `${kustomization}: remove resource ${name}`,
  );
}

/** Deletes the chart or manifests of a service, unless something else of the repository deploys from there too. */
export function removeServiceFiles(
  { name, path, applicationSet }: LayoutService,
  repository: RepositorySnapshot,
  edits: Edits,
): void {
  if (path === undefined) return;
  const other = indexRepository(repository).applicationSets.find(
    declared =>
      declared.object !== applicationSet?.object &&
      isInside(sourcePath(declared.object, repository), path),
  );
  if (other) {
    throw new ConflictError(
      `parameters.deleteFiles: ${other.file} deploys from \`${path}\` too. Leave the files of \`${name}\`, or remove that ApplicationSet first.`,
    );
  }
  for (const file of repository.files.keys()) {
    if (file.startsWith(`${path}/`)) edits.delete(file, `${file}: remove`);
  }
}

function isInside(path: string | undefined, directory: string): boolean {
  return path === directory || Boolean(path?.startsWith(`${directory}/`));
}
