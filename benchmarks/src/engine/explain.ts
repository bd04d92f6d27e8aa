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
 * Every tenth question is about a service that is not on a cluster, so that the answer holds a tried intent and its plan;
 * the others are spread over all clusters and services.
 */
export function measureExplain(
  repository: RepositorySnapshot,
  size: { clusters: number; services: number; withoutServices: number[] },
): void {
  const times: number[] = [];
  for (let index = 0; index < QUESTIONS; index++) {
    const absent = index % 10 === 0;
    const service = absent
      ? size.withoutServices[(index / 10) % size.withoutServices.length]
      : (index * 7) % size.services;
    const cluster = absent
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
    const expected = absent ? 'absent' : 'deployed';
    if (result.verdict !== expected)
      throw new Error(`${result.verdict} instead of ${expected}`);
    times.push(ms);
  }
  report({
    measure: 'engine.explain.p50.ms',
    value: percentile(times, 0.5),
    unit: 'ms',
  });
  report({
    measure: 'engine.explain.p99.ms',
    value: percentile(times, 0.99),
    unit: 'ms',
    bar: 10,
  });
}
