import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { withChanges } from '../layouts';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { ApplicationChange, diffApplicationSet } from './diffApplications';
import {
  applicationSetKey,
  canDiffer,
  evaluateRepository,
  RepositoryEvaluation,
} from './evaluateRepository';
import { fileEdits } from './fileEdits';
import { checkGuards, PlanGuardOptions } from './guards';
import type { FileChanges } from './types';

/** @public */
export interface PlanOptions {
  /** The files at the commit that the change is based on. */
  repository: RepositorySnapshot;
  changes: FileChanges;
  /** The hub before the change. Its clusters are overlaid with those that the repository declares. */
  hub: HubSnapshot;
  /** Named in messages. */
  hubId?: string;
  /** The branch that the repository's files are of, as Applications name it. Default: the default branch. */
  branch?: string;
  /** What the intent names; what it did not name it may not touch in production. */
  touched?: { services: string[]; clusters: string[] };
  guards?: PlanGuardOptions;
}

/**
 * Computes what Argo CD would do after a change of files: Applications created, changed and deleted, field by field.
 *
 * @remarks
 * What cannot be computed is said so (`evaluable: false` with the reason), never guessed.
 *
 * @public
 */
export function planChanges(options: PlanOptions): Plan {
  const { repository, hub, branch } = options;
  const edits = fileEdits(repository, options.changes);
  const base = repository.sha ? { base: { sha: repository.sha } } : {};
  if (edits.length === 0) {
    return {
      evaluable: true,
      unchanged: true,
      summary: 'nothing to change',
      creates: 0,
      changes: 0,
      deletes: 0,
      applications: [],
      edits: [],
      guards: [],
      ...base,
    };
  }
  const changes: FileChanges = new Map(
    edits.map(({ path }) => [path, options.changes.get(path)]),
  );
  const before = evaluateRepository(repository, hub, { branch });
  const after = evaluateAfter(before, changes, hub, branch);
  const notEvaluable = reasonsNotEvaluable(before, after);
  const applications = compare(before, after, repository, changes);
  const guards = checkGuards({
    before,
    after,
    changes: applications,
    namedClusters: options.touched?.clusters,
    hubId: options.hubId,
    options: options.guards ?? {},
  });
  const counted = (action: ApplicationChange['action']) =>
    applications.filter(application => application.action === action).length;
  const creates = counted('create');
  const changed = counted('change');
  const deletes = counted('delete');
  return {
    evaluable: notEvaluable === undefined,
    ...(notEvaluable === undefined ? {} : { notEvaluable }),
    unchanged: false,
    summary: `creates ${creates}, changes ${changed}, deletes ${deletes}`,
    creates,
    changes: changed,
    deletes,
    applications: applications.map(
      ({ application: _application, known: _known, ...planned }) => planned,
    ),
    edits,
    guards,
    ...base,
  };
}

function evaluateAfter(
  before: RepositoryEvaluation,
  changes: FileChanges,
  hub: HubSnapshot,
  branch: string | undefined,
): RepositoryEvaluation {
  const known = new Map(before.applicationSets.map(set => [set.key, set]));
  const clustersBefore = JSON.stringify(before.hub.clusters);
  let clusters: boolean | undefined;
  return evaluateRepository(withChanges(before.repository, changes), hub, {
    branch,
    previous: before.repository,
    reuse: (declared, merged) => {
      const previous = known.get(applicationSetKey(declared.object));
      if (!previous) return undefined;
      clusters ??= JSON.stringify(merged.clusters) !== clustersBefore;
      return canDiffer(previous.declared.object, declared.object, { clusters })
        ? undefined
        : previous.evaluation;
    },
  });
}

/** Why the effect on some ApplicationSet is not known, where the change can make a difference to it. */
function reasonsNotEvaluable(
  before: RepositoryEvaluation,
  after: RepositoryEvaluation,
): string | undefined {
  const reasons: string[] = [];
  for (const key of keysOf(before, after)) {
    const [old, now] = pair(key, before, after);
    // The same answer object: nothing that this ApplicationSet reads has changed.
    if (old && now && old.evaluation === now.evaluation) continue;
    const name = (now ?? old)!.declared.object.metadata.name;
    for (const set of [now, old]) {
      if (set?.evaluation.status === 'not-evaluable') {
        reasons.push(`ApplicationSet \`${name}\`: ${set.evaluation.message}`);
        break;
      }
    }
    if (
      old?.evaluation.status === 'error' &&
      now?.evaluation.status !== 'error'
    ) {
      reasons.push(
        `ApplicationSet \`${name}\` fails before the change, so its existing Applications are not known: ${old.evaluation.message}`,
      );
    }
  }
  return reasons.length > 0 ? [...new Set(reasons)].join('\n') : undefined;
}

function keysOf(
  before: RepositoryEvaluation,
  after: RepositoryEvaluation,
): Set<string> {
  return new Set(
    [...before.applicationSets, ...after.applicationSets].map(({ key }) => key),
  );
}

function pair(
  key: string,
  before: RepositoryEvaluation,
  after: RepositoryEvaluation,
) {
  return [before, after].map(({ applicationSets }) =>
    applicationSets.find(set => set.key === key),
  );
}

const ORDER = { create: 0, change: 1, delete: 2 };

function compare(
  before: RepositoryEvaluation,
  after: RepositoryEvaluation,
  repository: RepositorySnapshot,
  changes: FileChanges,
): ApplicationChange[] {
  return [...keysOf(before, after)]
    .flatMap(key => {
      const [old, now] = pair(key, before, after);
      return diffApplicationSet(old, now, {
        before,
        after,
        repository,
        changes,
      });
    })
    .sort(
      (one, other) =>
        ORDER[one.action] - ORDER[other.action] ||
        compareText(one.cluster, other.cluster) ||
        compareText(one.name, other.name),
    );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
