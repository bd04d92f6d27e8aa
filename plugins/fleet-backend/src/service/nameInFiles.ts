import {
  evaluateRepository,
  type HubSnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { BranchHead } from '../versions';

/**
 * A cluster's name in the files of a repository: that of Argo CD, other than for the hub's own cluster, which Argo CD calls
 * `in-cluster` and files may call otherwise.
 */
export function nameInFiles(
  cluster: string,
  { snapshot }: BranchHead,
  branch: string,
  hub: HubSnapshot,
): string {
  const { self } = hub;
  if (cluster !== 'in-cluster' || self === undefined) return cluster;
  const { origins } = evaluateRepository(snapshot, hub, { branch });
  return origins.some(({ home }) => home === self) ? self : cluster;
}
