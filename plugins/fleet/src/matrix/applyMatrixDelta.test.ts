import { DeploymentState, Matrix } from '@backstage-fleet/plugin-fleet-common';
import fc from 'fast-check';
import { clusterOf, hubOf, matrixOf, serviceOf } from '../testing/fleet';
import { applyMatrixDelta } from './applyMatrixDelta';
import { DEPLOYMENT_STATES, FleetMatrix, cellAt } from './matrix';

const services = ['a', 'b', 'c'].map(name => serviceOf(name));
const clusters = ['dev', 'staging', 'prod'].map(name => clusterOf('eu', name));

/** What every pair is, absent pairs left out: `row column` to state and version. */
type Content = Map<string, { state: DeploymentState; version: string }>;

const content: fc.Arbitrary<Content> = fc
  .uniqueArray(
    fc.record({
      row: fc.nat(2),
      column: fc.nat(2),
      state: fc.constantFrom(...DEPLOYMENT_STATES),
      version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0'),
    }),
    { selector: cell => `${cell.row} ${cell.column}` },
  )
  .map(
    cells =>
      new Map(
        cells.map(({ row, column, state, version }) => [
          `${row} ${column}`,
          { state, version },
        ]),
      ),
  );

function answerOf(of: Content, revision: number): Matrix {
  return matrixOf({
    services,
    clusters,
    revision,
    cells: [...of].map(([pair, { state, version }]) => {
      const [row, column] = pair.split(' ').map(Number);
      return [row, column, state, version];
    }),
  });
}

/** What the backend would send to somebody who has `before`. */
function deltaOf(before: Content, after: Content, revision: number): Matrix {
  const changed = new Map(
    [...after].filter(
      ([pair, cell]) =>
        JSON.stringify(before.get(pair)) !== JSON.stringify(cell),
    ),
  );
  return {
    ...answerOf(changed, revision),
    full: false,
    services: [],
    clusters: [],
    removed: [...before.keys()]
      .filter(pair => !after.has(pair))
      .flatMap(pair => pair.split(' ').map(Number)),
  };
}

function contentOf(matrix: FleetMatrix): Content {
  const result: Content = new Map();
  services.forEach((_, row) =>
    clusters.forEach((__, column) => {
      const cell = cellAt(matrix, row, column);
      if (cell) {
        result.set(`${row} ${column}`, {
          state: cell.state,
          version: cell.running!,
        });
      }
    }),
  );
  return result;
}

const sorted = (of: Content) => [...of].sort(([a], [b]) => a.localeCompare(b));

describe('applyMatrixDelta', () => {
  it('ends at what a full answer says, whatever the deltas on the way', () => {
    fc.assert(
      fc.property(
        content,
        fc.array(content, { maxLength: 6 }),
        (first, steps) => {
          let matrix = applyMatrixDelta(undefined, answerOf(first, 1))!.matrix;
          let before = first;
          steps.forEach((after, at) => {
            const applied = applyMatrixDelta(
              matrix,
              deltaOf(before, after, at + 2),
            )!;
            expect(applied.matrix.revision).toBe(at + 2);
            matrix = applied.matrix;
            before = after;
          });
          expect(sorted(contentOf(matrix))).toEqual(sorted(before));
        },
      ),
    );
  });

  it('names exactly the entries that differ, and leaves the given matrix as it was', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const given = applyMatrixDelta(undefined, answerOf(before, 1))!.matrix;
        const applied = applyMatrixDelta(given, deltaOf(before, after, 2))!;
        const expected = services.flatMap((_, row) =>
          clusters.flatMap((__, column) => {
            const pair = `${row} ${column}`;
            return JSON.stringify(before.get(pair)) ===
              JSON.stringify(after.get(pair))
              ? []
              : [row * clusters.length + column];
          }),
        );
        expect([...applied.changed].sort()).toEqual(expected.sort());
        expect(sorted(contentOf(given))).toEqual(sorted(before));
      }),
    );
  });

  it('applies a delta twice to the same result', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const delta = deltaOf(before, after, 2);
        const given = applyMatrixDelta(undefined, answerOf(before, 1))!.matrix;
        const once = applyMatrixDelta(given, delta)!.matrix;
        const twice = applyMatrixDelta(once, delta)!;
        expect(contentOf(twice.matrix)).toEqual(contentOf(once));
        expect(twice.changed).toEqual([]);
      }),
    );
  });

  it('takes freshness and revision from a delta without cells and keeps the arrays', () => {
    const given = applyMatrixDelta(
      undefined,
      answerOf(new Map([['0 0', { state: 'healthy', version: '1.0.0' }]]), 1),
    )!.matrix;
    const down = hubOf('hub', { status: 'unreachable' });
    const { matrix } = applyMatrixDelta(given, {
      ...deltaOf(new Map(), new Map(), 7),
      hubs: [down],
    })!;
    expect(matrix.revision).toBe(7);
    expect(matrix.hubs).toEqual([down]);
    expect(matrix.state).toBe(given.state);
  });

  it('refuses a delta that does not fit, so that the whole is asked for', () => {
    const given = applyMatrixDelta(undefined, answerOf(new Map(), 1))!.matrix;
    const delta = deltaOf(new Map(), new Map(), 2);
    expect(applyMatrixDelta(undefined, delta)).toBeUndefined();
    expect(
      applyMatrixDelta(given, { ...delta, removed: [3, 0] }),
    ).toBeUndefined();
    expect(
      applyMatrixDelta(given, {
        ...delta,
        cells: {
          row: [0],
          column: [9],
          state: [0],
          health: [0],
          sync: [0],
          running: [-1],
          desired: [-1],
          since: [0],
        },
      }),
    ).toBeUndefined();
  });

  it('reads states by name and shows one it does not know as unknown', () => {
    const answer = answerOf(
      new Map([
        ['0 0', { state: 'healthy', version: '1.0.0' }],
        ['0 1', { state: 'degraded', version: '1.0.0' }],
      ]),
      1,
    );
    const { matrix } = applyMatrixDelta(undefined, {
      ...answer,
      states: ['rolled-back', 'healthy'] as any,
      cells: { ...answer.cells, state: [1, 0] },
    })!;
    expect(cellAt(matrix, 0, 0)?.state).toBe('healthy');
    expect(cellAt(matrix, 0, 1)?.state).toBe('unknown');
  });
});
