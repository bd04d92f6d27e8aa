import {
  evaluateRepository,
  indexRepository,
  planChanges,
  withChanges,
  type FileChanges,
  type HubSnapshot,
  type RepositoryEvaluation,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { report } from '../report';
import { collectGarbage, percentile, timed } from '../timing';
import { clusterFile, toggle } from './fleet';

const ROUNDS = 15;

/** A hub that knows nothing but what the repository declares. */
export const hub: HubSnapshot = {
  clusters: [],
  projects: ['development-apps', 'staging-apps', 'production-apps'],
  repositories: () => undefined,
};

/** Asks for all Applications, because evaluation waits until it is asked. */
function countApplications({ applicationSets }: RepositoryEvaluation): number {
  return applicationSets.reduce((sum, { key, evaluation }) => {
    if (evaluation.status !== 'ok')
      throw new Error(`${key}: ${evaluation.message}`);
    return sum + evaluation.applications.length;
  }, 0);
}

function expectCount(actual: number, expected: number): void {
  if (actual !== expected)
    throw new Error(`${actual} Applications instead of ${expected}`);
}

/** Reading the files and evaluating all of them, the first time in this process. */
export function measureEvaluation(
  repository: RepositorySnapshot,
  expected: number,
): void {
  collectGarbage();
  report({
    measure: 'engine.index.ms',
    value: timed(() => indexRepository(repository)).ms,
    unit: 'ms',
  });
  const { ms, result } = timed(() =>
    countApplications(evaluateRepository(repository, hub, { branch: 'main' })),
  );
  expectCount(result, expected);
  report({ measure: 'engine.eval.all.ms', value: ms, unit: 'ms', bar: 4000 });
  report({
    measure: 'engine.eval.all.perSecond',
    value: (expected / ms) * 1000,
    unit: 'Applications/s',
  });
}

/** The file of a cluster with another value of a label; each call gives another value. */
function relabel(
  repository: RepositorySnapshot,
  cluster: number,
  label: string,
  value: string,
): FileChanges {
  const file = clusterFile(cluster);
  const text = repository.files.get(file)!;
  const changed = text.replace(
    new RegExp(`^( +${label}: ).*$`, 'm'),
    (_, key) => `${key}"${value}"`,
  );
  if (changed === text) throw new Error(`${file} has no label ${label}`);
  return new Map([[file, changed]]);
}

/**
 * One label changes on one cluster: the one that opts in to a service, which a single ApplicationSet selects, and the
 * environment, which no selector names and the templates of all of them use.
 */
export function measureIncremental(
  repository: RepositorySnapshot,
  total: number,
): void {
  const evaluate = (changes: FileChanges) =>
    timed(() =>
      countApplications(
        evaluateRepository(withChanges(repository, changes), hub, {
          branch: 'main',
          previous: repository,
        }),
      ),
    );
  const rounds = (round: (index: number) => FileChanges, expected: number) =>
    percentile(
      Array.from({ length: ROUNDS }, (_, index) => {
        const { ms, result } = evaluate(round(index));
        expectCount(result, expected);
        return ms;
      }),
      0.5,
    );
  const optOut = rounds(
    index => relabel(repository, index, toggle(index), 'false'),
    total - 1,
  );
  const environment = rounds(
    index => relabel(repository, index, 'environment', `test-${index}`),
    total,
  );
  report({
    measure: 'engine.eval.incremental.ms',
    value: optOut,
    unit: 'ms',
    bar: 100,
  });
  report({
    measure: 'engine.eval.incremental.everySet.ms',
    value: environment,
    unit: 'ms',
    bar: 100,
  });
}

/** The plan of one changed label, after the fleet was evaluated. */
export function measurePlan(repository: RepositorySnapshot): void {
  const plan = (changes: FileChanges, deletes: number, changed: number) => {
    const { ms, result } = timed(() =>
      planChanges({ repository, hub, changes, branch: 'main' }),
    );
    expectCount(result.deletes, deletes);
    expectCount(result.changes, changed);
    return ms;
  };
  const services = [...repository.files.keys()].filter(file =>
    file.startsWith('applicationsets/'),
  ).length;
  const optOut: number[] = [];
  const environment: number[] = [];
  for (let index = 0; index < ROUNDS; index++) {
    optOut.push(plan(relabel(repository, index, toggle(index), 'false'), 1, 0));
    environment.push(
      plan(
        relabel(repository, index, 'environment', `test-${index}`),
        0,
        services,
      ),
    );
  }
  report({
    measure: 'engine.plan.ms',
    value: percentile(optOut, 0.5),
    unit: 'ms',
    bar: 200,
  });
  report({
    measure: 'engine.plan.everySet.ms',
    value: percentile(environment, 0.5),
    unit: 'ms',
    bar: 200,
  });
}
