import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { intentKey } from './intentKey';

const onboard = (parameters: object): TypedIntent =>
  ({ kind: 'service.onboard', parameters } as TypedIntent);

describe('the key of an intent', () => {
  const key = intentKey(
    'repo',
    onboard({ service: 'a', clusters: ['x', 'y'], path: undefined }),
  );

  it('is the same for the same request', () => {
    expect(
      intentKey('repo', onboard({ clusters: ['y', 'x'], service: 'a' })),
    ).toBe(key);
  });

  it('differs for waves in another order, whatever the order inside a wave', () => {
    const waves = (by: object) =>
      intentKey('repo', onboard({ service: 'a', waves: by }));
    const list = (...clusters: string[][]) => waves({ by: 'list', clusters });
    expect(list(['x', 'y'], ['z'])).toBe(list(['y', 'x'], ['z']));
    expect(list(['x', 'y'], ['z'])).not.toBe(list(['z'], ['x', 'y']));
    const regions = (...order: string[]) => waves({ by: 'region', order });
    expect(regions('eu', 'us')).not.toBe(regions('us', 'eu'));
  });

  it.each([
    ['another repository', 'other', { service: 'a', clusters: ['x', 'y'] }],
    ['other clusters', 'repo', { service: 'a', clusters: ['x'] }],
    ['another service', 'repo', { service: 'b', clusters: ['x', 'y'] }],
    ['a path', 'repo', { service: 'a', clusters: ['x', 'y'], path: 'p' }],
  ])('differs for %s', (_, repository, parameters) => {
    expect(intentKey(repository, onboard(parameters))).not.toBe(key);
  });
});
