import type { PlannedApplication } from '@backstage-fleet/plugin-fleet-common';
import { planSentence } from './sentence';

const application = (
  action: PlannedApplication['action'],
  name: string,
  cluster: string,
  fields: PlannedApplication['fields'] = [],
): PlannedApplication => ({
  action,
  name,
  namespace: 'argocd',
  cluster,
  fields,
});

const versions = [{ path: 'version', before: '1.2.0', after: '1.3.0' }];

describe('planSentence', () => {
  it.each([
    [
      'names a single Application',
      [application('create', 'shop-eu', 'eu')],
      'Creates `shop-eu` on `eu`.',
    ],
    [
      'counts several, and clusters',
      [
        application('create', 'a', 'eu'),
        application('create', 'b', 'eu'),
        application('change', 'c', 'eu', [{ path: 'spec.project' }]),
        application('delete', 'd', 'eu'),
        application('delete', 'd', 'us'),
      ],
      'Creates 2 Applications on `eu`, changes `c` on `eu` and deletes 2 Applications on 2 clusters.',
    ],
    [
      'says versions that are the same for all',
      [
        application('change', 'shop-eu', 'eu', versions),
        application('change', 'shop-us', 'us', versions),
      ],
      'Changes 2 Applications on 2 clusters from 1.2.0 to 1.3.0.',
    ],
    [
      'says no version where they differ',
      [
        application('change', 'shop-eu', 'eu', versions),
        application('change', 'shop-us', 'us'),
      ],
      'Changes 2 Applications on 2 clusters.',
    ],
    ['says when nothing changes', [], 'No Application changes.'],
  ])('%s', (_, applications, expected) => {
    expect(
      planSentence({ applications, evaluable: true, unchanged: false }),
    ).toBe(expected);
  });

  it('says that Git already is as wanted', () => {
    expect(
      planSentence({ applications: [], evaluable: true, unchanged: true }),
    ).toBe('Git already says this, so nothing is written.');
  });

  it('says that a part is not known', () => {
    expect(
      planSentence({ applications: [], evaluable: false, unchanged: false }),
    ).toBe(
      'No Application changes. There may be more: a part cannot be computed from Git.',
    );
  });
});
