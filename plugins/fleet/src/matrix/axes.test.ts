import { clusterOf, hubOf, matrixOf, serviceOf } from '../testing/fleet';
import { applyMatrixDelta } from './applyMatrixDelta';
import { columnHead, matrixColumns } from './columns';
import { NO_FILTER, applyFilter } from './filter';
import { defaultGroupBy, matrixRows } from './rows';
import { countRecent, summarizeRegion } from './summaries';

const services = [
  serviceOf('search', {
    owner: 'group:default/shop',
    system: 'system:default/storefront',
  }),
  serviceOf('ledger', {
    owner: 'group:default/pay',
    system: 'system:default/payments',
  }),
  serviceOf('cart', {
    owner: 'group:default/shop',
    system: 'system:default/storefront',
  }),
  serviceOf('stray'),
];
const clusters = [
  clusterOf('eu', 'prod', 'hub-eu'),
  clusterOf('eu', 'dev', 'hub-eu'),
  clusterOf('us', 'prod', 'hub-us'),
  clusterOf('eu', 'staging', 'hub-eu'),
];
const { matrix } = applyMatrixDelta(
  undefined,
  matrixOf({
    services,
    clusters,
    hubs: [
      hubOf('hub-eu'),
      hubOf('hub-us', {
        status: 'unreachable',
        observedAt: new Date('2026-03-01T12:00:00Z'),
      }),
    ],
    cells: [
      [0, 0, 'healthy', '1.0.0'],
      [0, 2, 'healthy', '1.0.0'],
      [1, 0, 'degraded', '2.0.0'],
      [2, 1, 'out-of-sync', '3.0.0'],
    ],
  }),
)!;
const all = [0, 1, 2, 3];

describe('matrixRows', () => {
  const rows = (more: Partial<Parameters<typeof matrixRows>[0]> = {}) =>
    matrixRows({
      services,
      visible: all,
      groupBy: 'system',
      collapsed: new Set(),
      ownership: [],
      ...more,
    }).map(row =>
      row.type === 'group'
        ? `${row.title || '-'}${row.collapsed ? ' +' : ''}`
        : `  ${services[row.service].name}`,
    );

  it('groups by system, by name, without a system last', () => {
    expect(rows()).toEqual([
      'payments',
      '  ledger',
      'storefront',
      '  cart',
      '  search',
      '-',
      '  stray',
    ]);
  });

  it('puts what is yours first and hides what is collapsed', () => {
    expect(
      rows({
        ownership: ['group:default/shop'],
        collapsed: new Set(['system:system:default/payments']),
      }),
    ).toEqual([
      'storefront',
      '  cart',
      '  search',
      'payments +',
      '-',
      '  stray',
    ]);
  });

  it('groups by what the services have', () => {
    expect(defaultGroupBy(services)).toBe('system');
    expect(defaultGroupBy([serviceOf('a', { owner: 'group:default/x' })])).toBe(
      'owner',
    );
    expect(defaultGroupBy([serviceOf('a')])).toBe('none');
  });
});

describe('matrixColumns', () => {
  it('groups by region and hub, environments in the order of promotion', () => {
    const { columns, regions } = matrixColumns(clusters, all, new Set());
    expect(columns.map(column => column.key)).toEqual([
      'hub-eu/spoke-eu-dev',
      'hub-eu/spoke-eu-staging',
      'hub-eu/spoke-eu-prod',
      'hub-us/spoke-us-prod',
    ]);
    expect(regions).toMatchObject([
      { region: 'eu', hub: 'hub-eu', start: 0, length: 3 },
      { region: 'us', hub: 'hub-us', start: 3, length: 1 },
    ]);
  });

  it('makes one column of a collapsed region', () => {
    const { columns } = matrixColumns(clusters, all, new Set(['eu@hub-eu']));
    expect(columns).toMatchObject([
      { type: 'region', clusters: [1, 3, 0] },
      { type: 'cluster', cluster: 2 },
    ]);
  });

  it('tells clusters of one environment apart by what their names do not share', () => {
    const twins = [
      { ...clusterOf('eu', 'prod'), name: 'edge-eu-prod' },
      { ...clusterOf('eu', 'prod'), name: 'spoke-eu-prod' },
      clusterOf('eu', 'dev'),
    ];
    const members = [0, 1, 2];
    expect(members.map(at => columnHead(twins, members, at))).toEqual([
      { title: 'prod', name: 'edge' },
      { title: 'prod', name: 'spoke' },
      { title: 'dev' },
    ]);
  });
});

describe('applyFilter', () => {
  const names = (more: Partial<typeof NO_FILTER>, ownership: string[] = []) =>
    applyFilter(matrix, { ...NO_FILTER, ...more }, ownership).rows.map(
      at => services[at].name,
    );

  it.each([
    [{}, ['search', 'ledger', 'cart', 'stray']],
    [{ text: ' CAR ' }, ['cart']],
    [{ owners: ['group:default/pay'] }, ['ledger']],
    [{ states: ['degraded' as const] }, ['ledger']],
    [{ states: ['unreachable' as const], text: 'sea' }, ['search']],
    [{ states: ['degraded' as const], environments: ['dev'] }, []],
  ])('%p keeps %p', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('keeps what is mine, and nothing while nobody is known', () => {
    expect(names({ mine: true }, ['group:default/shop'])).toEqual([
      'search',
      'cart',
    ]);
    expect(names({ mine: true })).toEqual([]);
  });

  it('chooses columns by region and environment', () => {
    const { columns } = applyFilter(
      matrix,
      { ...NO_FILTER, regions: ['eu'], environments: ['dev', 'prod'] },
      [],
    );
    expect(columns).toEqual([0, 1]);
  });
});

describe('summaries', () => {
  const { regions } = matrixColumns(clusters, all, new Set());

  it('says the worst of a region and never rounds up to all synced', () => {
    expect(summarizeRegion(matrix, all, regions[0])).toEqual({
      worst: 'degraded',
      count: 1,
      percentSynced: 66,
    });
  });

  it('says that a hub does not answer, not what it said', () => {
    expect(summarizeRegion(matrix, all, regions[1])).toEqual({
      worst: 'unreachable',
      count: 1,
      observedAt: Date.parse('2026-03-01T12:00:00Z'),
    });
  });

  it('counts what changed recently', () => {
    const then = 1_700_000_000_000;
    expect(countRecent(matrix, all, all, then + 60_000)).toBe(4);
    expect(countRecent(matrix, [1], all, then + 60_000)).toBe(1);
    expect(countRecent(matrix, all, all, then + 25 * 3_600_000)).toBe(0);
  });
});
