import type {
  Commit,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  HubSnapshot,
  RepositoryLookup,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import {
  indexRepository,
  normalizeRepositoryUrl,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';
import type { AppliedIntent, FleetView, IntentEngine } from './types';

/** What an intent would do on the branch's head. */
export interface Preview {
  head: Commit;
  applied: AppliedIntent;
  plan: Plan;
}

/** Applies an intent to the head of the repository's branch and computes its effect. Reads only. */
export async function previewIntent(options: {
  engine: IntentEngine;
  view?: FleetView;
  intent: TypedIntent;
  config: RepositoryConfig;
  repository: GitRepository;
}): Promise<Preview> {
  const { engine, view, intent, config, repository } = options;
  const head = await repository.resolve(config.branch);
  const snapshot: RepositorySnapshot = {
    ...(await repository.snapshot(head.sha)),
    // ApplicationSets name the repository as it is configured.
    url: config.url,
  };
  const applied = engine.applyIntent(intent, snapshot, config);
  const known = view?.hub(config.hubs) ?? hubFromGit(snapshot);
  const hub: HubSnapshot = {
    ...known,
    repositories: lookup(snapshot, config.branch),
  };
  const plan = engine.planChanges({
    intent,
    repository: snapshot,
    changes: applied.changes,
    config,
    hub,
  });
  return { head, applied, plan: { ...plan, base: plan.base ?? head } };
}

/** Finds the snapshot for whatever names this repository at its branch or at its default branch. */
function lookup(
  snapshot: RepositorySnapshot,
  branch: string,
): RepositoryLookup {
  const url = normalizeRepositoryUrl(snapshot.url);
  const revisions = new Set(['', 'HEAD', branch, `refs/heads/${branch}`]);
  return (repoURL, revision) =>
    normalizeRepositoryUrl(repoURL) === url &&
    (revisions.has(revision) || revision === snapshot.sha)
      ? snapshot
      : undefined;
}

/**
 * Clusters and projects as Git declares them, for when no hub can be asked. Projects stay `undefined` where Git declares
 * none: they are then kept elsewhere, and cannot be checked.
 */
function hubFromGit(
  snapshot: RepositorySnapshot,
): Pick<HubSnapshot, 'clusters' | 'projects'> {
  const { clusters, projects } = indexRepository(snapshot);
  return {
    clusters,
    projects: projects.length ? ['default', ...projects] : undefined,
  };
}
