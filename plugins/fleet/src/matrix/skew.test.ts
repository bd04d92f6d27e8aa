import { MatrixRollups } from '@backstage-fleet/plugin-fleet-common';
import fc from 'fast-check';
import { CellInput, clusterOf, matrixOf, serviceOf } from '../testing/fleet';
import { applyMatrixDelta } from './applyMatrixDelta';
import { FleetMatrix } from './matrix';
import {
  SkewDays,
  behindAt,
  daysOfRollups,
  largestSkew,
  skewDays,
  skewVersions,
} from './skew';

const services = [serviceOf('payments'), serviceOf('search')];
const clusters = [
  clusterOf('eu', 'dev'),
  clusterOf('eu', 'prod'),
  { ...clusterOf('eu', 'prod'), id: 'hub/edge-eu-prod', name: 'edge-eu-prod' },
  clusterOf('us', 'prod'),
];
const { matrix } = applyMatrixDelta(
  undefined,
  matrixOf({
    services,
    clusters,
    cells: [
      [0, 0, 'healthy', '1.5.0-rc.1'],
      [0, 1, 'healthy', '1.4.1'],
      [0, 2, 'healthy', '1.4.2'],
      [0, 3, 'healthy', '1.4.3'],
      [1, 0, 'healthy', 'main'],
      [1, 1, 'healthy', '2.0.0'],
    ],
  }),
)!;
const rollups: MatrixRollups = {
  groups: [
    { region: 'eu', environment: 'dev', clusters: 1 },
    { region: 'eu', environment: 'prod', clusters: 2 },
    { region: 'us', environment: 'prod', clusters: 1 },
  ],
  row: [0, 0, 0, 1],
  group: [0, 1, 2, 1],
  worst: [0, 0, 0, 0],
  deployments: [1, 2, 1, 1],
  synced: [1, 2, 1, 1],
  versionsBehind: [0, 2, 0, 0],
  daysBehind: [0, 12, 3, -1],
};

function skewOf(of: FleetMatrix, days?: SkewDays) {
  const versions = skewVersions(of);
  return { versions, days: skewDays(of, versions, days) };
}

describe('skewVersions and skewDays', () => {
  it('counts per service, and knows nothing of what it cannot rank or is not there', () => {
    expect([...skewOf(matrix).versions]).toEqual([0, 2, 1, 0, -1, 0, -1, -1]);
  });

  const cellsOf = fc
    .array(
      fc.tuple(
        fc.nat(1),
        fc.nat(3),
        fc.constant('healthy' as const),
        fc.constantFrom('1.0.0', 'v1.0', '1.1.0', '1.2.0-rc.1', 'main'),
      ),
      { maxLength: 8 },
    )
    .map(cells => cells as CellInput[]);

  it('ranks again what a delta changed, and nothing else', () => {
    fc.assert(
      fc.property(
        cellsOf,
        fc.array(cellsOf, { maxLength: 4 }),
        (start, deltas) => {
          let current = applyMatrixDelta(
            undefined,
            matrixOf({ services, clusters, cells: start }),
          )!.matrix;
          let ranked = skewVersions(current);
          for (const cells of deltas) {
            const next = applyMatrixDelta(current, {
              ...matrixOf({ services, clusters, cells }),
              full: false,
              removed: [1, 3],
            })!.matrix;
            const again = skewVersions(next, {
              matrix: current,
              versions: ranked,
            });
            expect(again).toEqual(skewVersions(next));
            expect(again === ranked).toBe(`${again}` === `${ranked}`);
            current = next;
            ranked = again;
          }
        },
      ),
    );
  });

  it('ranks everything where the axes are others', () => {
    const { matrix: other } = applyMatrixDelta(
      undefined,
      matrixOf({
        services,
        clusters,
        cells: [
          [1, 0, 'healthy', '1.0.0'],
          [1, 1, 'healthy', '2.0.0'],
        ],
      }),
    )!;
    const before = { matrix, versions: skewVersions(matrix) };
    expect([...skewVersions(other, before)]).toEqual([
      -1, -1, -1, -1, 1, 0, -1, -1,
    ]);
  });

  it('has the days of the oldest of a region and environment, and of nothing else', () => {
    const skew = skewOf(matrix, daysOfRollups(rollups, services));
    expect([...skew.days]).toEqual([-1, 12, -1, -1, -1, -1, -1, -1]);
    expect(behindAt(matrix, skew, 0, 1)).toEqual({ versions: 2, days: 12 });
    expect(behindAt(matrix, skew, 0, 2)).toEqual({ versions: 1 });
    expect(behindAt(matrix, skew, 0, 3)).toBeUndefined();
  });

  it('finds the largest', () => {
    const skew = skewOf(matrix, daysOfRollups(rollups, services));
    expect(largestSkew(matrix, skew, [0, 1], [0, 1, 2, 3])).toEqual({
      versions: 2,
      days: 12,
    });
    expect(largestSkew(matrix, skew, [0, 1], [2])).toEqual({ versions: 1 });
    expect(largestSkew(matrix, skew, [1], [0, 1, 2, 3])).toBeUndefined();
  });

  it('leaves out roll-ups of rows and groups that it does not know', () => {
    expect(
      daysOfRollups({ ...rollups, row: [9, 0, 0, 1], group: [0, 7, 2, 1] }, [
        { name: 'payments' },
      ]),
    ).toEqual(new Map([['payments', new Map([['us\nprod', 3]])]]));
  });
});
