import {
  ApplicationSetEvaluation,
  evaluateApplicationSet,
} from '../../applicationset';
import type { ApplicationSet } from '../../model/argocd';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import { mergeHub } from '../../repository/mergedHub';
import type { LayoutContext } from '../types';
import { generatorLeaves } from './generatorLeaves';

/** The fleet as a repository and its caller know it: what ApplicationSets are evaluated against. */
export interface EvaluationScope {
  repository: RepositorySnapshot;
  hub: HubSnapshot;
  branch: string | undefined;
}

/**
 * The branch that files are of, where nobody says it: the revision that most sources and git generators of the repository
 * name for it. `undefined` where none names one.
 */
export function commonRevision(
  repository: RepositorySnapshot,
): string | undefined {
  const url = normalizeRepositoryUrl(repository.url);
  const counts = new Map<string, number>();
  const count = (repoURL: unknown, revision: unknown) => {
    if (
      typeof repoURL !== 'string' ||
      typeof revision !== 'string' ||
      revision === '' ||
      revision.includes('{{') ||
      normalizeRepositoryUrl(repoURL) !== url
    )
      return;
    counts.set(revision, (counts.get(revision) ?? 0) + 1);
  };
  const countSources = ({ sources, source }: Record<string, any>) => {
    for (const each of sources ?? [source])
      count(each?.repoURL, each?.targetRevision);
  };
  const { applications, applicationSets } = indexRepository(repository);
  for (const { object } of applications) countSources(object.spec);
  for (const { object } of applicationSets) {
    countSources(object.spec.template?.spec ?? {});
    for (const { kind, spec } of generatorLeaves(object))
      if (kind === 'git') count(spec.repoURL, spec.revision);
  }
  const [most] = [...counts].sort(
    ([one, first], [other, second]) => second - first || (one < other ? -1 : 1),
  );
  return most?.[0];
}

/** The last scope of each set of files: one operation asks for it many times. */
const scopes = new WeakMap<
  object,
  { context: LayoutContext; url: string; scope: EvaluationScope }
>();

export function evaluationScope(
  repository: RepositorySnapshot,
  context: LayoutContext = {},
): EvaluationScope {
  const last = scopes.get(repository.files);
  if (
    last?.url === repository.url &&
    last.context.branch === context.branch &&
    last.context.clusters === context.clusters &&
    last.context.newGitFileGlobbing === context.newGitFileGlobbing
  )
    return last.scope;
  const branch = context.branch ?? commonRevision(repository);
  const hub = mergeHub(
    repository,
    {
      clusters: context.clusters ?? [],
      repositories: () => undefined,
      newGitFileGlobbing: context.newGitFileGlobbing,
    },
    { branch },
  );
  const scope = { repository, hub, branch };
  scopes.set(repository.files, { context, url: repository.url, scope });
  return scope;
}

interface Known {
  newGitFileGlobbing: boolean | undefined;
  branch: string | undefined;
  clusters: HubSnapshot['clusters'];
  files: RepositorySnapshot['files'];
  readsFiles: boolean;
  evaluation: ApplicationSetEvaluation;
}

/** The last answer of each ApplicationSet: forms ask for the same ones at every keystroke. */
const known = new WeakMap<ApplicationSet, Known>();

function sameClusters(
  one: HubSnapshot['clusters'],
  other: HubSnapshot['clusters'],
): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every((cluster, index) => cluster === other[index]))
  );
}

/** What an ApplicationSet generates. */
export function evaluateIn(
  { repository, hub, branch }: EvaluationScope,
  applicationSet: ApplicationSet,
): ApplicationSetEvaluation {
  const { files } = repository;
  const { newGitFileGlobbing } = hub;
  const last = known.get(applicationSet);
  if (
    last &&
    last.branch === branch &&
    last.newGitFileGlobbing === newGitFileGlobbing &&
    sameClusters(last.clusters, hub.clusters) &&
    (!last.readsFiles || last.files === files)
  )
    return last.evaluation;
  const readsFiles = generatorLeaves(applicationSet).some(
    ({ kind }) => kind === 'git',
  );
  const evaluation = evaluateApplicationSet(applicationSet, hub);
  known.set(applicationSet, {
    newGitFileGlobbing,
    branch,
    clusters: hub.clusters,
    files,
    readsFiles,
    evaluation,
  });
  return evaluation;
}
