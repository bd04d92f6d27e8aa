import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { clusterOf, matrixOf, serviceOf } from '../testing/fleet';
import { applyMatrixDelta } from './applyMatrixDelta';
import { isAbsent } from './cellView';
import { matrixColumns } from './columns';
import { viewAt } from './filter';
import { summarizeRegion } from './summaries';

const clusters = [clusterOf('eu', 'dev'), clusterOf('eu', 'prod')];
const plain = matrixOf({
  services: [serviceOf('payments'), serviceOf('search')],
  clusters,
  cells: [
    [0, 0, 'healthy', '1.4.3'],
    [0, 1, 'healthy', '1.4.2'],
    [1, 1, 'degraded', '4.0.3'],
  ],
});
const answer: Matrix = {
  ...plain,
  freshnesses: ['unreachable', 'live', 'stale'],
  cells: { ...plain.cells, freshness: [1, 0, 0] },
};
const { matrix } = applyMatrixDelta(undefined, answer)!;

describe('a cluster that its live hub does not reach', () => {
  it('shows what was last known, never as if it were so', () => {
    expect(viewAt(matrix, 0, 0)).toMatchObject({
      state: 'healthy',
      hatched: false,
    });
    expect(viewAt(matrix, 0, 1)).toMatchObject({
      state: 'unreachable',
      lastKnown: 'healthy',
      hatched: true,
      version: '1.4.2',
    });
    expect(isAbsent(viewAt(matrix, 0, 1))).toBe(false);
    expect(viewAt(matrix, 1, 1).lastKnown).toBe('degraded');
  });

  it('is what the head of the region says, with percentages of what is known', () => {
    const { regions } = matrixColumns(clusters, [0, 1], new Set());
    expect(summarizeRegion(matrix, [0, 1], regions[0])).toEqual({
      worst: 'unreachable',
      count: 2,
      percentSynced: 100,
    });
  });

  it('is over when a delta says so', () => {
    const { matrix: after, changed } = applyMatrixDelta(matrix, {
      ...answer,
      full: false,
      cells: { ...plain.cells, freshness: [1, 1, 2] },
    })!;
    expect(changed).toEqual([1, 3]);
    expect(viewAt(after, 0, 1)).toMatchObject({ state: 'healthy' });
    expect(viewAt(after, 1, 1)).toMatchObject({ state: 'stale' });
  });

  it('is not told by an answer without freshness', () => {
    const old = applyMatrixDelta(undefined, plain)!.matrix;
    expect(viewAt(old, 0, 1)).toMatchObject({ state: 'healthy' });
  });

  it('is doubted where the word for it is not known', () => {
    const newer = applyMatrixDelta(undefined, {
      ...answer,
      freshnesses: ['lost', 'live'] as any,
    })!.matrix;
    expect(viewAt(newer, 0, 1)).toMatchObject({ state: 'stale' });
  });
});
