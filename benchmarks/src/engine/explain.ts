import {
  explain,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { report } from '../report';
import { percentile, timed } from '../timing';
import { hub } from './evaluation';
import { clusterName, serviceName } from './fleet';

const QUESTIONS = 500;

/**
 * Every tenth question is about a service that is not on a cluster: its answer holds an intent that was tried out, with a
 * plan over the whole fleet. The others are spread over all clusters and services.
 */
export function measureExplain(
  repository: RepositorySnapshot,
  size: { clusters: number; services: number; withoutServices: number[] },
): void {
  const deployed: number[] = [];
  const absent: number[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const isAbsent = index % 10 === 0;
    const service = isAbsent
      ? size.withoutServices[(index / 10) % size.withoutServices.length]
      : (index * 7) % size.services;
    const cluster = isAbsent
      ? size.clusters - 1
      : (index * 13) % (size.clusters - 1);
    const { ms, result } = timed(() =>
      explain({
        service: serviceName(service),
        cluster: clusterName(cluster),
        repository,
        hub,
        branch: 'main',
      }),
    );
    const expected = isAbsent ? 'absent' : 'deployed';
    if (result.verdict !== expected || Boolean(result.intent) !== isAbsent)
      throw new Error(`${result.verdict} instead of ${expected}`);
    (isAbsent ? absent : deployed).push(ms);
  }
  report({
    measure: 'engine.explain.p99.ms',
    value: percentile([...deployed, ...absent], 0.99),
    unit: 'ms',
    bar: 100,
  });
  report({
    measure: 'engine.explain.deployed.p99.ms',
    value: percentile(deployed, 0.99),
    unit: 'ms',
    bar: 10,
  });
  report({
    measure: 'engine.explain.absent.p50.ms',
    value: percentile(absent, 0.5),
    unit: 'ms',
  });
}
