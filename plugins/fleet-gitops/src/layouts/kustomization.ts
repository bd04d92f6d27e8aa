import { parse } from 'yaml';
import { appendListItem, removeListItem } from '../yaml';
import type { Edits } from './edits';

interface Listing {
  kustomization: string;
  text: string;
  resources: unknown[];
  name: string;
}

/** The list of a directory whose kustomization.yaml names its files one by one. */
function listingOf(file: string, edits: Edits): Listing | undefined {
  const directory = file.slice(0, file.lastIndexOf('/') + 1);
  const kustomization = `${directory}kustomization.yaml`;
  if (!edits.has(kustomization)) return undefined;
  const text = edits.text(kustomization);
  const resources: unknown = parse(text)?.resources;
  return Array.isArray(resources)
    ? { kustomization, text, resources, name: file.slice(directory.length) }
    : undefined;
}

/**
 * Adds a new file to the kustomization.yaml beside it, spelled as its siblings are.
 *
 * @param sibling - a file that the new one is like: where it is not in the list, neither is the new one
 */
export function listFile(file: string, edits: Edits, sibling?: string): void {
  const listing = listingOf(file, edits);
  if (!listing) return;
  if (sibling !== undefined && !isListed(sibling, edits)) return;
  const { kustomization, text, resources, name } = listing;
  const prefix = resources.some(entry => String(entry).startsWith('./'))
    ? './'
    : '';
  if (resources.includes(name) || resources.includes(`./${name}`)) return;
  const entry = prefix + name;
  edits.set(
    kustomization,
    appendListItem(text, ['resources'], entry, { file: kustomization }),
    `${kustomization}: resource ${entry}`,
  );
}

function isListed(file: string, edits: Edits): boolean {
  const { resources = [], name } = listingOf(file, edits) ?? {};
  return resources.includes(name) || resources.includes(`./${name}`);
}

/** Takes a file that goes off the kustomization.yaml beside it. */
export function unlistFile(file: string, edits: Edits): void {
  const listing = listingOf(file, edits);
  if (!listing) return;
  const { kustomization, text, resources, name } = listing;
  const index = resources.findIndex(
    entry => entry === name || entry === `./${name}`,
  );
  if (index === -1) return;
  edits.set(
    kustomization,
    removeListItem(text, ['resources', index], { file: kustomization }),
    `${kustomization}: remove the resource ${resources[index]}`,
  );
}
