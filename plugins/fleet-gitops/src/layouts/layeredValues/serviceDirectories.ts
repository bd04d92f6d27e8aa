import type { RepositorySnapshot } from '../../model/repository';
import type { LayoutService } from '../types';

/**
 * Charts and kustomizations that stand beside the services' own directories and that nothing deploys yet.
 *
 * @param deployed - directories that are deployed
 */
export function undeployedServices(
  deployed: ReadonlySet<string>,
  repository: RepositorySnapshot,
): LayoutService[] {
  const roots = new Set(
    [...deployed]
      .filter(path => path.includes('/'))
      .map(path => path.slice(0, path.lastIndexOf('/'))),
  );
  return [...repository.files.keys()].flatMap(file => {
    const match = /^(.+)\/([^/]+)\/(?:Chart|kustomization)\.ya?ml$/.exec(file);
    if (!match) return [];
    const [, root, name] = match;
    const path = `${root}/${name}`;
    return roots.has(root) && !deployed.has(path) ? [{ name, path }] : [];
  });
}
