import {
  type ApplicationSet,
  type ApplicationSetEvaluation,
  evaluateApplicationSet,
  type HubSnapshot,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import {
  applicationSets,
  appProjects,
  type ObjectKey,
  type ObjectStore,
  secrets,
} from '../objects';
import type { Repositories } from '../repo';
import { isClusterSecret, toClusterRecord } from './clusterSecrets';

/** An ApplicationSet as it is now, and what it generates. */
export interface HubEvaluation {
  applicationSet: ApplicationSet;
  hub: HubSnapshot;
  evaluation: ApplicationSetEvaluation;
  /** Whether the answer rests on the content of repositories, which change without the hub hearing of it. */
  readsRepositories: boolean;
}

/**
 * Evaluates an ApplicationSet with the clusters and projects that the hub has. Repositories are read as its git generators
 * ask for them, since a nested generator may make up their address; then it is evaluated anew.
 *
 * All that the answer rests on is read without a pause after the last repository has come, so it fits together.
 *
 * @returns `undefined` where there is no such ApplicationSet (any longer)
 */
export async function evaluateOnHub(
  key: ObjectKey,
  { store, repositories }: { store: ObjectStore; repositories: Repositories },
): Promise<HubEvaluation | undefined> {
  const known = new Map<string, RepositorySnapshot | Error | undefined>();
  for (;;) {
    const applicationSet = store.find(applicationSets, key) as
      | ApplicationSet
      | undefined;
    if (!applicationSet) return undefined;
    const asked = new Map<string, { url: string; revision: string }>();
    const hub: HubSnapshot = {
      ...readInventory(store, key.namespace),
      repositories: (url, revision = '') => {
        const name = `${url}@${revision}`;
        if (!known.has(name)) asked.set(name, { url, revision });
        const found = known.get(name);
        if (found instanceof Error) throw found;
        return found;
      },
    };
    const evaluation = evaluateApplicationSet(applicationSet, hub);
    if (asked.size === 0) {
      const readsRepositories = known.size > 0;
      return { applicationSet, hub, evaluation, readsRepositories };
    }
    for (const [name, { url, revision }] of asked) {
      known.set(name, await readRepository(repositories, url, revision));
    }
  }
}

function readInventory(store: ObjectStore, namespace?: string) {
  return {
    clusters: store
      .list(secrets, { namespace })
      .items.filter(isClusterSecret)
      .map(toClusterRecord),
    projects: store
      .list(appProjects, { namespace })
      .items.map(({ metadata }) => metadata.name),
  };
}

/** The content; `undefined` for a repository that the hub does not have, an error for a revision that does not exist. */
async function readRepository(
  repositories: Repositories,
  url: string,
  revision: string,
): Promise<RepositorySnapshot | Error | undefined> {
  if (!repositories.has(url)) return undefined;
  const sha = await repositories.resolve(url, revision);
  return sha
    ? repositories.snapshot(url, sha)
    : new Error(`unable to resolve '${revision}' to a commit SHA`);
}
