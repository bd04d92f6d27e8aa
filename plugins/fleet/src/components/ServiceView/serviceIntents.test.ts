import { Change } from '@backstage-fleet/plugin-fleet-common';
import { cellView } from '../../matrix/cellView';
import { ServicePlace, promotionLane } from '../../matrix/places';
import { clusterOf, hubOf } from '../../testing/fleet';
import { AT_ONCE } from '../Waves';
import {
  Promotion,
  hotfixIntent,
  promoteIntent,
  promotedClusters,
  rollbackIntent,
  suggestedPromotion,
} from './serviceIntents';
import { knownVersions } from './serviceVersions';

const place = (
  region: string,
  environment: string,
  version?: string,
): ServicePlace => ({
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
});
const places = [
  place('eu', 'dev', '1.5.0-rc.1'),
  place('eu', 'staging', '1.4.3'),
  place('us', 'prod', '1.4.2'),
  place('eu', 'prod', '1.4.1'),
  place('ap', 'prod'),
];
const promotion: Promotion = {
  from: 'staging',
  version: ' 1.4.3 ',
  to: ['prod'],
  strategy: 'edit',
  waves: AT_ONCE,
};

describe('promoteIntent', () => {
  it.each<[string, Partial<Promotion>, object | undefined]>([
    [
      'at once',
      {},
      { from: 'staging', version: '1.4.3', to: { environments: ['prod'] } },
    ],
    [
      'in waves, in the order of the regions',
      { waves: { ...AT_ONCE, pace: 'region', regions: ['us'] } },
      {
        from: 'staging',
        version: '1.4.3',
        to: { environments: ['prod'] },
        waves: { by: 'region', order: ['us', 'eu'] },
      },
    ],
    [
      'in waves that were put together',
      {
        waves: { ...AT_ONCE, pace: 'own', numbers: { 'spoke-eu-prod': 2 } },
        from: undefined,
      },
      {
        version: '1.4.3',
        to: { environments: ['prod'] },
        waves: {
          by: 'list',
          clusters: [['spoke-us-prod'], ['spoke-eu-prod']],
        },
      },
    ],
    [
      'one cluster has no waves',
      { to: ['staging'], waves: { ...AT_ONCE, pace: 'each' } },
      {
        from: 'staging',
        version: '1.4.3',
        to: { environments: ['staging'] },
      },
    ],
    [
      'on clusters',
      { clusters: ['spoke-us-prod'], to: [] },
      {
        from: 'staging',
        version: '1.4.3',
        to: { clusters: ['spoke-us-prod'] },
      },
    ],
    [
      'a merge brings what the other environment has, everywhere at once',
      { strategy: 'merge-branch', waves: { ...AT_ONCE, pace: 'each' } },
      {
        from: 'staging',
        to: { environments: ['prod'] },
        strategy: 'merge-branch',
      },
    ],
    ['without version', { version: ' ' }, undefined],
    ['without target', { to: [] }, undefined],
    [
      'a merge from nowhere',
      { strategy: 'merge-branch', from: undefined },
      undefined,
    ],
  ])('%s', (_case, more, parameters) => {
    const asked = { ...promotion, ...more };
    const reached = promotedClusters(places, asked);
    expect(promoteIntent('payments', asked, reached)).toEqual(
      parameters && {
        kind: 'service.promote',
        parameters: { service: 'payments', ...parameters },
      },
    );
  });

  it('names the repository where it is known', () => {
    expect(promoteIntent('payments', promotion, [], 'gitops')?.repository).toBe(
      'gitops',
    );
  });
});

describe('suggestedPromotion', () => {
  it('is the one nearest to customers', () => {
    expect(suggestedPromotion(promotionLane(places))).toEqual({
      from: 'staging',
      version: '1.4.3',
      to: ['prod'],
    });
  });

  it('starts with the first environment where nothing waits', () => {
    expect(suggestedPromotion(promotionLane(places.slice(0, 1)))).toEqual({
      from: 'dev',
      version: '1.5.0-rc.1',
      to: [],
    });
    expect(suggestedPromotion([])).toEqual({
      from: undefined,
      version: '',
      to: [],
    });
  });
});

describe('promotedClusters', () => {
  it('has those of the targets that run the service', () => {
    const namesOf = (targets: { to: string[]; clusters?: string[] }) =>
      promotedClusters(places, targets).map(({ name }) => name);
    expect(namesOf({ to: ['prod', 'dev'] })).toEqual([
      'spoke-eu-dev',
      'spoke-eu-prod',
      'spoke-us-prod',
    ]);
    expect(namesOf({ to: ['prod'], clusters: ['spoke-us-prod'] })).toEqual([
      'spoke-us-prod',
    ]);
  });
});

describe('rollbackIntent and hotfixIntent', () => {
  it('need a version and where', () => {
    expect(rollbackIntent('payments', { version: '', on: ['prod'] })).toBe(
      undefined,
    );
    expect(
      rollbackIntent('payments', { version: '1.4.2', on: ['prod'] }),
    ).toEqual({
      kind: 'service.rollback',
      parameters: {
        service: 'payments',
        version: '1.4.2',
        on: { environments: ['prod'] },
      },
    });
    const hotfix = { version: '1.4.4', environment: 'prod' };
    expect(hotfixIntent('payments', { ...hotfix, forwardTo: ['prod'] })).toBe(
      undefined,
    );
    expect(
      hotfixIntent('payments', { ...hotfix, forwardTo: ['dev', 'prod'] }),
    ).toEqual({
      kind: 'service.hotfix',
      parameters: { service: 'payments', ...hotfix, forwardTo: ['dev'] },
    });
  });
});

describe('knownVersions', () => {
  it('adds what changes of the service brought and replaced', () => {
    const change = (service: string): Change => ({
      id: service,
      title: '',
      intent: {
        kind: 'service.promote',
        parameters: { service, version: '1.4.2', to: {} },
      },
      mode: 'commit',
      state: 'healthy',
      repository: 'gitops',
      plan: {
        evaluable: true,
        unchanged: false,
        summary: '',
        creates: 0,
        changes: 1,
        deletes: 0,
        applications: [
          {
            action: 'change',
            name: service,
            namespace: 'argocd',
            cluster: 'spoke-eu-prod',
            version: '1.4.2',
            fields: [
              { path: 'version', before: `1.3.9`, after: '1.4.2' },
              { path: 'spec.project', before: 'a', after: 'b' },
            ],
          },
        ],
        edits: [],
        guards: [],
      },
      createdAt: new Date(0),
      updatedAt: new Date(0),
      timeline: [],
    });
    expect(
      knownVersions('payments', places, [change('payments'), change('search')]),
    ).toEqual(['1.5.0-rc.1', '1.4.3', '1.4.2', '1.4.1', '1.3.9']);
    expect(knownVersions('payments', [], [change('search')])).toEqual([]);
  });
});
