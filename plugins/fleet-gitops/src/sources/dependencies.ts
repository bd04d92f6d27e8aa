import type { RepositorySnapshot } from '../model/repository';
import { normalizePath, readYamlFile } from './yamlFiles';

/**
 * Directories and files that a source depends on besides its own directory: charts that it names with `file://`, and the
 * resources, bases and components of a kustomization.
 */
export function dependencies(
  repository: RepositorySnapshot,
  path: string,
): string[] {
  const found = new Set<string>();
  const visit = (directory: string) => {
    for (const target of direct(repository, directory)) {
      if (target === path || found.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  visit(path);
  return [...found];
}

function direct(repository: RepositorySnapshot, directory: string): string[] {
  const prefix = directory ? `${directory}/` : '';
  const relative: string[] = [];
  if (repository.files.get(`${prefix}Chart.yaml`)?.includes('file://')) {
    for (const dependency of listOf(
      readYamlFile(repository, `${prefix}Chart.yaml`)?.dependencies,
    )) {
      const url = String(dependency?.repository ?? '');
      if (url.startsWith('file://')) relative.push(url.slice('file://'.length));
    }
  }
  const kustomization = readYamlFile(repository, `${prefix}kustomization.yaml`);
  for (const field of ['resources', 'bases', 'components']) {
    relative.push(
      ...listOf(kustomization?.[field]).filter(
        item => typeof item === 'string' && !item.includes('://'),
      ),
    );
  }
  return relative.map(target => normalizePath(prefix + target));
}

function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a file is one of these, or in one of these directories. */
export function isWithin(file: string, places: string[]): boolean {
  return places.some(place => file === place || file.startsWith(`${place}/`));
}
