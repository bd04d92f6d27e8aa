import type { FieldChange } from '@backstage-fleet/plugin-fleet-common';
import { parse } from 'yaml';
import type { Application } from '../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../model/repository';
import type { FileChanges } from './types';
import { flatten, differences } from './fieldChanges';
import { helmValues, ResolvedSource, resolveSources } from './helmValues';
import { sourcesOf } from './version';

/** Value files of a chart are inputs only of the Applications that name them. */
const VALUE_FILE = /^values[^/]*\.ya?ml$/;

/** A chart depends on other directories with `file://`, a kustomization with its resources. */
function furtherDirectories({ repository, path }: ResolvedSource): string[] {
  const found: string[] = [];
  const visit = (directory: string) => {
    const prefix = directory ? `${directory}/` : '';
    const read = (file: string): any => {
      try {
        return parse(repository.files.get(prefix + file) ?? '');
      } catch {
        return undefined;
      }
    };
    const chart: string[] = (read('Chart.yaml')?.dependencies ?? [])
      .map((dependency: any) => String(dependency?.repository ?? ''))
      .filter((url: string) => url.startsWith('file://'))
      .map((url: string) => url.slice('file://'.length));
    const kustomization = read('kustomization.yaml') ?? {};
    const resources: string[] = ['resources', 'bases', 'components'].flatMap(
      field =>
        Array.isArray(kustomization[field])
          ? kustomization[field].filter(
              (item: unknown) => typeof item === 'string',
            )
          : [],
    );
    for (const relative of [...chart, ...resources]) {
      const segments = prefix.split('/').filter(Boolean);
      for (const segment of relative.split('/')) {
        if (segment === '..') segments.pop();
        else if (segment !== '' && segment !== '.') segments.push(segment);
      }
      const target = segments.join('/');
      if (target !== directory && !found.includes(target)) {
        found.push(target);
        visit(target);
      }
    }
  };
  visit(path);
  return found;
}

function isInput(
  file: string,
  resolved: ResolvedSource,
  further: string[],
): boolean {
  if (resolved.valueFiles.some(valueFile => valueFile.file === file))
    return true;
  const prefix = resolved.path ? `${resolved.path}/` : '';
  if (file.startsWith(prefix)) {
    const name = file.slice(prefix.length);
    return name === 'values.yaml' || !VALUE_FILE.test(name);
  }
  return further.some(
    directory => file === directory || file.startsWith(`${directory}/`),
  );
}

/**
 * What changes for an Application whose own object stays the same, because files that it is rendered from change: the
 * Helm values that differ, and the other files.
 */
export function inputChanges(
  before: { application: Application; lookup: RepositoryLookup },
  after: { application: Application; lookup: RepositoryLookup },
  repository: RepositorySnapshot,
  changes: FileChanges,
): FieldChange[] {
  const url = normalizeRepositoryUrl(repository.url);
  const own = ({ source }: ResolvedSource) =>
    normalizeRepositoryUrl(source.repoURL ?? '') === url;
  const fields: FieldChange[] = [];
  const sourcesBefore = resolveSources(
    sourcesOf(before.application),
    before.lookup,
  );
  const sourcesAfter = resolveSources(
    sourcesOf(after.application),
    after.lookup,
  );
  sourcesAfter.forEach((resolved, index) => {
    const previous = sourcesBefore[index];
    const anyOwn =
      own(resolved) ||
      resolved.valueFiles.some(
        file => normalizeRepositoryUrl(file.repository.url) === url,
      );
    if (!previous || !anyOwn) return;
    const further = [
      ...new Set([
        ...furtherDirectories(previous),
        ...furtherDirectories(resolved),
      ]),
    ];
    const files = [...changes.keys()].filter(
      file =>
        isInput(file, resolved, further) || isInput(file, previous, further),
    );
    if (files.length === 0) return;
    const oldValues = helmValues(previous);
    const newValues = helmValues(resolved);
    if (oldValues && newValues)
      fields.push(
        ...differences(
          flatten(oldValues, 'values'),
          flatten(newValues, 'values'),
        ),
      );
    const prefix = resolved.path ? `${resolved.path}/` : '';
    const isValueFile = (file: string) =>
      Boolean(oldValues && newValues) &&
      (file === `${prefix}values.yaml` ||
        resolved.valueFiles.some(valueFile => valueFile.file === file));
    fields.push(
      ...files.filter(file => !isValueFile(file)).map(path => ({ path })),
    );
  });
  return fields;
}
