import { hubOf } from '../testing/fleet';
import { CELL_STATES, cellView, isAbsent, severity } from './cellView';
import { DEPLOYMENT_STATES, MatrixCell } from './matrix';
import { rollUp } from './rollup';

const seen = new Date('2026-03-01T12:00:00Z');
const cell: MatrixCell = {
  state: 'healthy',
  health: 'Healthy',
  sync: 'Synced',
  running: '1.4.2',
  desired: '1.4.3',
};

describe('cellView', () => {
  it.each([
    ['live', cell, 'healthy', false, false],
    ['live', undefined, 'not-deployed', false, true],
    ['stale', cell, 'stale', true, false],
    ['stale', undefined, 'stale', true, true],
    ['unreachable', cell, 'unreachable', true, false],
    ['unreachable', undefined, 'unreachable', true, true],
    ['unauthorized', cell, 'no-access', true, false],
    ['connecting', cell, 'stale', true, false],
  ] as const)(
    'a hub that is %s makes %p %s',
    (status, given, state, hatched, absent) => {
      const view = cellView(given, hubOf('hub', { status, observedAt: seen }));
      expect(view).toMatchObject({ state, hatched });
      expect(isAbsent(view)).toBe(absent);
      expect(view.observedAt).toBe(hatched ? seen.getTime() : undefined);
    },
  );

  it('claims nothing before a hub was ever heard', () => {
    const hub = hubOf('hub', { status: 'connecting', observedAt: undefined });
    const view = cellView(undefined, hub);
    expect(view.state).toBe('unknown');
    expect(isAbsent(view)).toBe(false);
  });

  it('is never healthy unless the hub is live', () => {
    for (const status of [
      'connecting',
      'stale',
      'unreachable',
      'unauthorized',
    ] as const) {
      for (const state of DEPLOYMENT_STATES) {
        const view = cellView({ ...cell, state }, hubOf('hub', { status }));
        expect(DEPLOYMENT_STATES).not.toContain(view.state);
        expect(view.lastKnown).toBe(state);
      }
    }
    expect(cellView(cell, undefined).state).toBe('stale');
  });

  it('shows what runs, else what shall run', () => {
    const hub = hubOf('hub');
    expect(cellView(cell, hub).version).toBe('1.4.2');
    expect(cellView({ ...cell, running: undefined }, hub).version).toBe(
      '1.4.3',
    );
  });

  it('reads times as text, as JSON carries them', () => {
    const hub = hubOf('hub', {
      status: 'stale',
      observedAt: seen.toISOString() as any,
    });
    expect(cellView(cell, hub).observedAt).toBe(seen.getTime());
  });
});

describe('rollUp', () => {
  const live = (state?: MatrixCell['state']) =>
    cellView(state && { ...cell, state }, hubOf('hub'));

  it('is the worst state and how many are in it', () => {
    expect(
      rollUp([live('healthy'), live('out-of-sync'), live(), live('healthy')]),
    ).toEqual({ worst: 'out-of-sync', count: 1, deployed: 3, total: 4 });
    expect(rollUp([live(), live()])).toEqual({
      worst: 'not-deployed',
      count: 0,
      deployed: 0,
      total: 2,
    });
  });

  it('does not hide a hub that is not heard behind healthy ones', () => {
    const down = hubOf('hub', { status: 'unreachable', observedAt: seen });
    expect(rollUp([live('healthy'), cellView(cell, down)])).toEqual({
      worst: 'unreachable',
      count: 1,
      deployed: 2,
      total: 2,
      observedAt: seen.getTime(),
    });
  });

  it('orders every state', () => {
    expect(CELL_STATES.map(severity)).not.toContain(-1);
  });
});
