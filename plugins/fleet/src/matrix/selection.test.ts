import { clusterOf, matrixOf, serviceOf } from '../testing/fleet';
import { applyMatrixDelta } from './applyMatrixDelta';
import { matrixColumns } from './columns';
import { matrixRows } from './rows';
import { pairKey, rectangle, selectedPairs, toggled } from './selection';

const services = [
  serviceOf('cart', { owner: 'group:default/shop' }),
  serviceOf('search', { owner: 'group:default/shop' }),
];
const clusters = [
  clusterOf('eu', 'dev'),
  clusterOf('eu', 'prod'),
  clusterOf('us', 'prod'),
];
const { matrix } = applyMatrixDelta(
  undefined,
  matrixOf({ services, clusters, cells: [[0, 1, 'healthy', '1.0.0']] }),
)!;
const axes = {
  // The head of the group, cart, search.
  rows: matrixRows({
    services,
    visible: [0, 1],
    groupBy: 'owner',
    collapsed: new Set(),
    ownership: [],
  }),
  columns: matrixColumns(clusters, [0, 1, 2], new Set(['us@hub'])).columns,
};
const key = (service: string, cluster: string) =>
  pairKey(service, `hub/spoke-${cluster}`);

describe('rectangle', () => {
  it.each([
    [
      { row: 1, column: 1 },
      { row: 1, column: 0 },
    ],
    [
      { row: 0, column: 0 },
      { row: 1, column: 2 },
    ],
    [
      { row: 1, column: 0 },
      { row: 0, column: 1 },
    ],
    [
      { row: 1, column: -1 },
      { row: 1, column: 1 },
    ],
  ])('takes the cells between %p and %p, and no heads', (from, to) => {
    expect([...rectangle(matrix, axes, from, to)]).toEqual([
      key('cart', 'eu-dev'),
      key('cart', 'eu-prod'),
    ]);
  });
});

describe('selectedPairs', () => {
  it('says which of the clusters have the service', () => {
    const found = selectedPairs(
      matrix,
      rectangle(matrix, axes, { row: 1, column: 0 }, { row: 1, column: 1 }),
    );
    expect(found).toEqual({
      services: ['cart'],
      clusters: [clusters[0], clusters[1]],
      deployed: [clusters[1]],
      absent: [clusters[0]],
    });
  });

  it('leaves out what is gone', () => {
    const selection = toggled(
      toggled(new Set<string>(), key('gone', 'eu-dev')),
      key('search', 'us-prod'),
    );
    expect(selectedPairs(matrix, selection)).toMatchObject({
      services: ['search'],
      clusters: [clusters[2]],
    });
    expect(toggled(selection, key('search', 'us-prod')).size).toBe(1);
  });
});
