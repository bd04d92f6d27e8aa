import type {
  Commit,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import {
  AppliedIntent,
  indexRepository,
  PlanGuardOptions,
  RepositorySnapshot,
  withChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import type { RepositoryConfig } from '../git';
import type { ChangeScope } from '../permissions';
import { carriesClusters } from './carriers';
import { readMove, ReferenceMove } from './references';
import { Admit, reachOfIntent, reachOfPlan } from './reach';
import { changeScope } from './scope';
import type {
  FleetView,
  HubKnowledge,
  IntentEngine,
  StageRecord,
} from './types';

/** What an intent would do on the branch's head. */
export interface Preview {
  head: Commit;
  applied: AppliedIntent;
  plan: Plan;
  /** What it concerns, for permission rules. */
  scope: ChangeScope;
  /** Where it merges branches or moves a tag, in place of a commit with changed files. */
  move?: ReferenceMove;
}

/** What previews are computed with, besides the repository. */
export interface PreviewOptions {
  intents: IntentEngine;
  view?: FleetView;
  /** When a plan is stopped. */
  guards?: PlanGuardOptions;
  /** Keys of the cluster label that holds the region. */
  regionLabels?: string[];
}

/**
 * Applies an intent, or one of its stages, to the head of the repository's branch and computes the effect. Reads only.
 *
 * @param admit - for who may not see everything: told what the answer, or an error, would tell of. Diffs then show nothing but
 *   the changed lines.
 */
export async function previewIntent(
  options: PreviewOptions,
  intent: TypedIntent,
  config: RepositoryConfig,
  repository: GitRepository,
  { stage, admit }: { stage?: StageRecord; admit?: Admit } = {},
): Promise<Preview> {
  const { intents, view, guards } = options;
  const head = await repository.resolve(config.branch);
  const snapshot: RepositorySnapshot = {
    ...(await repository.snapshot(head.sha)),
    // ApplicationSets name the repository as it is configured.
    url: config.url,
  };
  const hub: HubKnowledge = view?.hub(config.hubs) ?? hubFromGit(snapshot);
  const labels = labelKeys(options);
  const reachOptions = { hubs: config.hubs, view, ...labels };
  admit?.(
    reachOfIntent(intent, {
      ...reachOptions,
      clusters: [...indexRepository(snapshot).clusters, ...hub.clusters],
    }),
  );
  const applied = intents.applyIntent(intent, snapshot, {
    layout: config.layout,
    branch: config.branch,
    clusters: hub.clusters,
    environmentLabels: guards?.environmentLabels,
    regionLabels: options.regionLabels,
    references: repository.compare !== undefined,
    definitions: hub.definitions,
    newGitFileGlobbing: hub.newGitFileGlobbing,
    stage,
  });
  const move =
    applied.reference && (await readMove(repository, applied.reference));
  const changes = move?.changes ?? applied.changes;
  const plan = intents.planChanges({
    repository: snapshot,
    changes,
    revision: move?.revision,
    hub: { repositories: () => undefined, ...hub },
    hubId: config.hubs.length === 1 ? config.hubs[0] : undefined,
    branch: config.branch,
    touched: applied.touched,
    guards,
    ...(admit && { diffContext: 0 }),
  });
  const after = withChanges(snapshot, applied.changes);
  const { touched } = applied;
  const known = [
    ...[snapshot, after].flatMap(state => indexRepository(state).clusters),
    ...hub.clusters,
  ];
  const carries = carriesClusters(intent, touched.clusters, [snapshot, after]);
  admit?.(
    reachOfPlan(
      { intent, plan, touched, carries },
      { ...reachOptions, clusters: known },
    ),
  );
  const scope = changeScope({
    intent,
    applied,
    plan,
    clusters: known,
    carries,
    judged: stage?.clusters,
    hubs: config.hubs,
    ...labels,
    ownerOf: service => view?.ownerOf?.(service),
  });
  return {
    head: move?.head ?? head,
    applied: { ...applied, changes },
    scope,
    move,
    plan: {
      ...plan,
      ...(move?.notEvaluable && {
        evaluable: false,
        notEvaluable: move.notEvaluable,
      }),
      base: move?.head ?? head,
      clusters: applied.touched.clusters,
      ...(applied.notChecked && { notChecked: applied.notChecked }),
      ...(applied.stages && {
        stages: applied.stages.map(({ title, clusters }) => ({
          title,
          clusters,
        })),
      }),
    },
  };
}

/** Keys of the cluster labels that hold environment and region. */
export function labelKeys({
  guards,
  regionLabels = ['region'],
}: Pick<PreviewOptions, 'guards' | 'regionLabels'>): {
  environmentLabels: string[];
  regionLabels: string[];
} {
  return {
    environmentLabels: guards?.environmentLabels ?? ['environment', 'env'],
    regionLabels,
  };
}

/**
 * Clusters and projects as Git declares them, for when no hub can be asked. Projects stay `undefined` where Git declares
 * none: they are then kept elsewhere, and cannot be checked.
 */
function hubFromGit(snapshot: RepositorySnapshot): HubKnowledge {
  const { clusters, projects } = indexRepository(snapshot);
  return {
    clusters,
    projects: projects.length ? ['default', ...projects] : undefined,
  };
}
