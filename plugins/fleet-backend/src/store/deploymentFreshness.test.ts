import { deploymentFreshness } from './deploymentFreshness';
import { ReconciliationPace } from './reconciliationPace';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const minutesAgo = (minutes: number) =>
  new Date(NOW - minutes * 60_000).toISOString();

const ask = (rest: Partial<Parameters<typeof deploymentFreshness>[0]> = {}) =>
  deploymentFreshness({
    hub: {
      id: 'eu',
      title: 'Europe',
      status: 'live',
      observedAt: new Date(NOW - 5_000),
    },
    reconciledAt: minutesAgo(2),
    conditions: [],
    syncUnknown: false,
    pace: new ReconciliationPace(),
    now: NOW,
    ...rest,
  });

describe('ReconciliationPace', () => {
  it.each([
    ['learned', undefined, 180_000, 10 * 60_000],
    ['configured', 600, 600_000, 30 * 60_000],
    ['switched off', 0, 180_000, Infinity],
  ])('%s', (_case, configured, usual, late) => {
    expect(new ReconciliationPace(configured)).toMatchObject({ usual, late });
  });
});

describe('deploymentFreshness', () => {
  it('is live where nothing speaks against it', () => {
    expect(ask()).toEqual({
      status: 'live',
      observedAt: new Date(NOW - 5_000),
    });
    expect(
      ask({ connection: { status: 'Successful' }, reconciledAt: undefined })
        .status,
    ).toBe('live');
    // Not being monitored is no failure.
    expect(ask({ connection: { status: 'Unknown' } }).status).toBe('live');
  });

  it.each([
    [
      'the hub is down',
      {
        hub: {
          id: 'eu',
          title: 'Europe',
          status: 'unreachable' as const,
          observedAt: new Date(NOW - 14 * 60_000),
          message: 'The hub refuses connections.',
        },
        connection: { status: 'Failed' as const },
      },
      {
        status: 'unreachable',
        observedAt: new Date(NOW - 14 * 60_000),
        message: 'The hub refuses connections.',
      },
    ],
    [
      'the cluster went away, although comparisons go on',
      {
        connection: {
          status: 'Failed' as const,
          message: 'dial tcp: connection refused',
        },
      },
      {
        status: 'unreachable',
        message:
          'Argo CD cannot connect to the cluster: dial tcp: connection refused',
      },
    ],
    [
      'a comparison fails while the one before still shows',
      { conditions: [{ type: 'ComparisonError', message: 'no route' }] },
      {
        status: 'stale',
        message: 'Argo CD cannot compare it with Git: no route',
      },
    ],
    [
      'comparisons stopped',
      { reconciledAt: minutesAgo(14) },
      {
        status: 'stale',
        observedAt: new Date(NOW - 14 * 60_000),
        message: expect.stringMatching(
          /last compared it 14 min ago, and usually does so every 3 min/,
        ),
      },
    ],
  ])('is not live where %s', (_name, rest, expected) => {
    expect(ask(rest)).toMatchObject(expected);
  });

  it('leaves it to the state where that is Unknown itself', () => {
    expect(
      ask({ conditions: [{ type: 'ComparisonError' }], syncUnknown: true })
        .status,
    ).toBe('live');
  });

  it('learns how often a hub compares', () => {
    const pace = new ReconciliationPace();
    for (let hour = 0; hour < 30; hour++) {
      pace.observe(minutesAgo((hour + 1) * 60), minutesAgo(hour * 60));
    }
    expect(pace.usual).toBe(3_600_000);
    expect(ask({ pace, reconciledAt: minutesAgo(90) }).status).toBe('live');
    expect(ask({ pace, reconciledAt: minutesAgo(200) }).message).toMatch(
      /last compared it 3 h ago, and usually does so every 60 min/,
    );
  });
});
