import { clusterOf, hubOf } from '../testing/fleet';
import { cellView } from './cellView';
import { ServicePlace, promotionLane, versionsOf } from './places';

function placeOf(
  region: string,
  environment: string,
  version?: string,
  since?: number,
): ServicePlace {
  return {
    cluster: clusterOf(region, environment),
    view: cellView(
      version === undefined
        ? undefined
        : {
            state: 'healthy',
            health: 'Healthy',
            sync: 'Synced',
            running: version,
          },
      hubOf('hub'),
    ),
    since,
  };
}

const places = [
  placeOf('eu', 'prod', '1.4.1', 100),
  placeOf('us', 'prod', '1.4.2', 300),
  placeOf('ap', 'prod'),
  placeOf('eu', 'staging', '1.4.3', 400),
  placeOf('eu', 'dev', '1.5.0-rc.1'),
];

describe('promotionLane', () => {
  it('goes from dev to prod, and says what each has and what waits', () => {
    const lane = promotionLane(places);
    expect(
      lane.map(({ environment, versions, since, waiting }) => ({
        environment,
        versions,
        since,
        waiting,
      })),
    ).toEqual([
      {
        environment: 'dev',
        versions: [{ version: '1.5.0-rc.1', count: 1 }],
        since: undefined,
        waiting: undefined,
      },
      {
        environment: 'staging',
        versions: [{ version: '1.4.3', count: 1 }],
        since: 400,
        // A release candidate is no release to be behind.
        waiting: { from: 'dev', version: '1.5.0-rc.1', behind: 0 },
      },
      {
        environment: 'prod',
        versions: [
          { version: '1.4.2', count: 1 },
          { version: '1.4.1', count: 1 },
        ],
        since: 300,
        waiting: { from: 'staging', version: '1.4.3', behind: 2 },
      },
    ]);
    expect(lane[2].summary).toMatchObject({ deployed: 2, total: 3 });
  });

  it.each([
    [
      'is ahead, as after a hotfix',
      [placeOf('eu', 'staging', '1.4.3'), placeOf('eu', 'prod', '1.4.4')],
      undefined,
    ],
    [
      'has the same',
      [placeOf('eu', 'staging', 'v1.4.3'), placeOf('eu', 'prod', '1.4.3')],
      undefined,
    ],
    [
      'has nothing yet',
      [placeOf('eu', 'staging', '1.4.3'), placeOf('eu', 'prod')],
      { from: 'staging', version: '1.4.3', behind: 0 },
    ],
    [
      'comes after one that has nothing',
      [
        placeOf('eu', 'dev', '1.4.3'),
        placeOf('eu', 'staging'),
        placeOf('eu', 'prod', '1.4.2'),
      ],
      { from: 'dev', version: '1.4.3', behind: 1 },
    ],
  ])('an environment that %s', (_case, given, expected) => {
    expect(promotionLane(given).at(-1)!.waiting).toEqual(expected);
  });

  it('leaves clusters without environment out, but not their versions', () => {
    const stray = placeOf('eu', 'dev', '2.0.0');
    const given = [
      { ...stray, cluster: { ...stray.cluster, environment: undefined } },
      ...places,
    ];
    expect(promotionLane(given)).toHaveLength(3);
    expect(versionsOf(given)[0]).toBe('2.0.0');
  });
});
