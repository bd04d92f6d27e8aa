import type { RepositorySnapshot } from '../../model/repository';
import { evaluateRepository } from '../../repository/evaluateRepository';
import type {
  EvaluatedApplicationSet,
  RepositoryEvaluation,
} from '../../repository/evaluateRepository';
import { withChanges } from '../../repository/indexRepository';
import { serviceOfApplication } from '../../repository/serviceApplications';
import { destinationCluster } from '../../sources/destinationCluster';
import { commonRevision } from '../applicationSets/evaluations';
import type { LayoutContext, LayoutEdit } from '../types';

/** What an edit must do, and nothing else. */
export interface ExpectedEffect {
  service: string;
  clusters: ReadonlySet<string>;
  change: 'create' | 'delete' | 'change';
}

interface Deployed {
  service: string;
  cluster: string | undefined;
  text: string;
}

function deployedBy(
  set: EvaluatedApplicationSet | undefined,
  { hub }: RepositoryEvaluation,
): Map<string, Deployed> {
  if (set?.evaluation.status !== 'ok') return new Map();
  return new Map(
    set.evaluation.applications.map(({ application }) => {
      const cluster =
        destinationCluster(application, hub.clusters) ??
        application.spec.destination?.name;
      const service = serviceOfApplication(
        application,
        cluster,
        set.declared.object,
      );
      return [
        application.metadata.name,
        { service, cluster, text: JSON.stringify(application) },
      ];
    }),
  );
}

/**
 * Evaluates the ApplicationSets before and after an edit, as far as the edit can affect them.
 *
 * @returns what is not as expected, as a sentence; `undefined` where the edit does this and nothing else
 */
export function unexpectedEffect(
  { service, clusters, change }: ExpectedEffect,
  edit: LayoutEdit,
  repository: RepositorySnapshot,
  context: LayoutContext,
): string | undefined {
  const branch = context.branch ?? commonRevision(repository);
  const hub = {
    clusters: context.clusters ?? [],
    repositories: () => undefined,
  };
  const before = evaluateRepository(repository, hub, { branch });
  const after = evaluateRepository(withChanges(repository, edit.changes), hub, {
    branch,
    previous: repository,
  });
  const known = new Map(before.applicationSets.map(set => [set.key, set]));
  const done = new Set<string>();
  for (const set of after.applicationSets) {
    const previous = known.get(set.key);
    if (previous === set) continue;
    const { evaluation, declared } = set;
    if (evaluation.status !== 'ok' && previous?.evaluation.status === 'ok')
      return `ApplicationSet \`${declared.object.metadata.name}\` would fail: ${evaluation.message}`;
    const old = deployedBy(previous, before);
    const now = deployedBy(set, after);
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [from, to] = [old.get(name), now.get(name)];
      if (from?.text === to?.text) continue;
      const { service: changed, cluster } = (to ?? from)!;
      const actual = from ? (to && 'change') ?? 'delete' : 'create';
      if (
        changed !== service ||
        cluster === undefined ||
        !clusters.has(cluster) ||
        actual !== change
      )
        return `it would ${actual} \`${changed}\` on ${
          cluster ?? 'an unknown cluster'
        } too`;
      done.add(cluster);
    }
  }
  const missing = [...clusters].filter(cluster => !done.has(cluster));
  return missing.length > 0
    ? `it would not ${change} \`${service}\` on ${missing.join(', ')}`
    : undefined;
}
