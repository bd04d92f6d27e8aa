import fc from 'fast-check';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { sameNews } from './news';

const application = (status: object, annotations?: object) =>
  ({ metadata: { name: 'a', annotations }, status } as KubernetesObject);

describe('sameNews', () => {
  it.each([
    [
      'that the controller compared again',
      application({ reconciledAt: '1', health: {} }),
      application({ reconciledAt: '2', health: {} }),
    ],
    [
      'that it compared for the first time',
      application({ health: {} }),
      application({ reconciledAt: '2', health: {} }),
    ],
    [
      'that somebody asks for a comparison',
      application({}, { 'argocd.argoproj.io/refresh': 'normal', team: 'a' }),
      application({}, { team: 'a' }),
    ],
    [
      'that Argo CD connected again',
      application({ connection: { status: 'Successful', attemptedAt: '1' } }),
      application({ connection: { status: 'Successful', attemptedAt: '2' } }),
    ],
  ])('is not %s', (_name, before, after) => {
    expect(sameNews(before, after)).toBe(true);
    expect(sameNews(after, before)).toBe(true);
  });

  it.each([
    ['another health', { health: 'Healthy' }, { health: 'Degraded' }],
    ['a new member', {}, { conditions: [] }],
    ['a member that is gone', { operationState: {} }, {}],
    ['one more', { resources: [1] }, { resources: [1, 2] }],
    ['another type', { resources: [] }, { resources: {} }],
  ])('is %s', (_name, before, after) => {
    expect(sameNews(application(before), application(after))).toBe(false);
  });

  it('tells equal from different as JSON does', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const value = fc.letrec(tie => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('x', 'y', 1, true),
        fc.array(tie('any'), { maxLength: 2 }),
        fc.dictionary(key, tie('any'), { maxKeys: 2, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(value, value, (a, b) => {
        const sorted = (item: unknown): string =>
          JSON.stringify(item, (_key, found) =>
            found && typeof found === 'object' && !Array.isArray(found)
              ? Object.fromEntries(Object.entries(found).sort())
              : found,
          );
        expect(sameNews(application({ v: a }), application({ v: b }))).toBe(
          sorted(a) === sorted(b),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
