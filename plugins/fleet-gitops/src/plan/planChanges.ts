import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { withChanges } from '../repository';
import type { HubSnapshot } from '../model/fleetSnapshot';
import {
  normalizeRepositoryUrl,
  type RepositorySnapshot,
} from '../model/repository';
import { ApplicationChange, DiffContext, diffOrigin } from './diffApplications';
import {
  evaluateRepository,
  RepositoryEvaluation,
} from '../repository/evaluateRepository';
import { describeOrigin, EvaluatedOrigin } from '../repository/originTypes';
import { fileEdits } from './fileEdits';
import { checkGuards, PlanGuardOptions } from './guards';
import type { FileChanges } from '../model/repository';
import { planSentence } from './sentence';
import { writtenFieldsProblem } from './writtenApplication';

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
  /** How many lines of a file the diffs show around each change. Default 3. */
  diffContext?: number;
  /**
   * Another branch or tag of the repository that gets other content, because a branch is merged into it or it is moved. Then
   * `changes` are those of its files; the files of `repository` stay as they are.
   */
  revision?: MovedRevision;
}

/** @public */
export interface MovedRevision {
  /** As Applications name it. */
  name: string;
  /** What it is at before. */
  before: RepositorySnapshot;
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
  const { repository, revision } = options;
  const edits = fileEdits(
    revision?.before ?? repository,
    options.changes,
    options.diffContext,
  );
  const base = repository.sha ? { base: { sha: repository.sha } } : {};
  if (edits.length === 0) {
    const nothing = { evaluable: true, unchanged: true, applications: [] };
    return {
      ...nothing,
      summary: 'nothing to change',
      sentence: planSentence(nothing),
      creates: 0,
      changes: 0,
      deletes: 0,
      edits: [],
      guards: [],
      ...base,
    };
  }
  const changes: FileChanges = new Map(
    edits.map(({ path }) => [path, options.changes.get(path)]),
  );
  const { before, after } = revision
    ? evaluateMoved(options, revision, changes)
    : evaluateChanged(options, changes);
  const sets = pairs(before, after);
  const notEvaluable = reasonsNotEvaluable(sets);
  const applications = compare(sets, { before, after, repository, changes });
  const guards = checkGuards({
    before,
    after,
    changes: applications,
    edits,
    namedClusters: options.touched?.clusters,
    namedServices: options.touched?.services,
    hubId: options.hubId,
    options: options.guards ?? {},
  });
  const counted = (action: ApplicationChange['action']) =>
    applications.filter(application => application.action === action).length;
  const creates = counted('create');
  const changed = counted('change');
  const deletes = counted('delete');
  const effect = {
    evaluable: notEvaluable === undefined,
    ...(notEvaluable === undefined ? {} : { notEvaluable }),
    unchanged: false,
    applications: applications.map(
      ({ application: _application, known: _known, ...planned }) => planned,
    ),
  };
  return {
    ...effect,
    summary: `creates ${creates}, changes ${changed}, deletes ${deletes}`,
    sentence: planSentence(effect),
    creates,
    changes: changed,
    deletes,
    edits,
    guards,
    ...base,
  };
}

function evaluateChanged(
  { repository, hub, branch }: PlanOptions,
  changes: FileChanges,
): { before: RepositoryEvaluation; after: RepositoryEvaluation } {
  return {
    before: evaluateRepository(repository, hub, { branch }),
    after: evaluateRepository(withChanges(repository, changes), hub, {
      branch,
      previous: repository,
    }),
  };
}

/** The same files twice, with a revision that some Applications follow at one commit, then at the other. */
function evaluateMoved(
  { repository, hub, branch }: PlanOptions,
  { name, before }: MovedRevision,
  changes: FileChanges,
): { before: RepositoryEvaluation; after: RepositoryEvaluation } {
  const url = normalizeRepositoryUrl(repository.url);
  const at = (snapshot: RepositorySnapshot): RepositoryEvaluation =>
    evaluateRepository(
      // Files of their own: what is remembered for the repository's files is about the revision as it is.
      { ...repository, files: new Map(repository.files) },
      {
        ...hub,
        repositories: (repoURL, revision) =>
          revision === name && normalizeRepositoryUrl(repoURL) === url
            ? snapshot
            : hub.repositories(repoURL, revision),
      },
      { branch },
    );
  return { before: at(before), after: at(withChanges(before, changes)) };
}

/** An origin of Applications before and after. The same object where nothing that it reads has changed. */
interface Pair {
  old: EvaluatedOrigin | undefined;
  now: EvaluatedOrigin | undefined;
}

function pairs(
  before: RepositoryEvaluation,
  after: RepositoryEvaluation,
): Pair[] {
  const old = new Map(before.origins.map(set => [set.key, set]));
  const now = new Map(after.origins.map(set => [set.key, set]));
  return [...new Set([...old.keys(), ...now.keys()])].map(key => ({
    old: old.get(key),
    now: now.get(key),
  }));
}

/** Why the effect on some Applications is not known, where the change can make a difference to it. */
function reasonsNotEvaluable(sets: Pair[]): string | undefined {
  const reasons = sets.flatMap(({ old, now }) => {
    if (old === now) return [];
    const name = describeOrigin((now ?? old)!);
    const unknown = [now, old].find(
      set => set?.evaluation.status === 'not-evaluable',
    )?.evaluation;
    if (unknown?.status === 'not-evaluable')
      return [`${name}: ${unknown.message}`];
    const problem = now?.declared && writtenFieldsProblem(now.declared.object);
    if (problem) return [`${name}: ${problem}`];
    return old?.evaluation.status === 'error' &&
      now?.evaluation.status !== 'error'
      ? [
          `${name} fails before the change, so its existing Applications are not known: ${old.evaluation.message}`,
        ]
      : [];
  });
  return reasons.length > 0 ? reasons.join('\n') : undefined;
}

const ORDER = { create: 0, change: 1, delete: 2 };

function compare(sets: Pair[], context: DiffContext): ApplicationChange[] {
  return sets
    .flatMap(({ old, now }) => diffOrigin(old, now, context))
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
