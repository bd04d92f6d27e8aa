import fc from 'fast-check';
import { evaluateApplicationSet } from '../applicationset';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import { changedClusters, reevaluate } from '../repository/incremental';
import {
  ApplicationPair,
  differingApplications,
  findApplication,
  hasUniqueNames,
} from './applicationNames';

const cluster = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  server: fc.constantFrom('https://one', 'https://two'),
  // Two clusters of one environment get Applications of one name.
  labels: fc.record({ environment: fc.constantFrom('test', 'prod', 'demo') }),
  annotations: fc.constant({}),
});
const clusters = fc.uniqueArray(cluster, { selector: ({ name }) => name });

const set: ApplicationSet = {
  kind: 'ApplicationSet',
  metadata: { name: 'set', namespace: 'argocd' },
  spec: {
    goTemplate: true,
    generators: [
      {
        clusters: {
          selector: {
            matchExpressions: [{ key: 'none', operator: 'DoesNotExist' }],
          },
        },
      },
    ],
    template: {
      metadata: { name: 'shop-{{.metadata.labels.environment}}' },
      spec: { project: 'shop', destination: { server: '{{.server}}' } },
    },
  },
};

const hubOf = (own: ClusterRecord[]): HubSnapshot => ({
  clusters: own,
  repositories: () => undefined,
});

function texts(pairs: ApplicationPair[]): string[] {
  return pairs
    .filter(
      ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
    )
    .map(pair => JSON.stringify([pair.before ?? null, pair.after ?? null]))
    .sort();
}

describe('Applications that differ', () => {
  it('are the same whether an evaluation was made from the one before or not', () => {
    const seen = { unique: 0, repeated: 0 };
    fc.assert(
      fc.property(clusters, clusters, (old, now) => {
        const before = evaluateApplicationSet(set, hubOf(old));
        const answer = reevaluate(
          set,
          set,
          hubOf(now),
          changedClusters(old, now),
        );
        if (typeof answer === 'string') return;
        const derived = answer(before);
        const whole = evaluateApplicationSet(set, hubOf(now));
        expect(hasUniqueNames(derived)).toBe(hasUniqueNames(whole));
        const isUnique = hasUniqueNames(before) && hasUniqueNames(whole);
        seen[isUnique ? 'unique' : 'repeated']++;
        // Which one of two with one name counts depends on the order, which says nothing.
        if (!isUnique) return;
        for (const name of ['shop-test', 'shop-prod', 'shop-demo', 'none']) {
          expect(findApplication(derived, name)).toEqual(
            findApplication(whole, name),
          );
        }
        expect(texts(differingApplications(before, derived))).toEqual(
          texts(differingApplications(before, whole)),
        );
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(seen.unique, seen.repeated)).toBeGreaterThan(100);
  });
});
