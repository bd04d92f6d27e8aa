import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { chooseRepository } from './chooseRepository';
import { checkClusters, withoutHubs } from './clusterHubs';
import type { FleetView } from './types';

const repository = (id: string, hubs: string[]) => ({
  id,
  url: `https://git/acme/${id}`,
  branch: 'main',
  hubs,
});
const EU = repository('gitops-eu', ['eu']);
const US = repository('gitops-us', ['us']);
const BOTH = repository('gitops', ['eu', 'us']);

/** The clusters of each hub, with their servers. */
const HUBS: Record<string, Record<string, string>> = {
  eu: {
    spoke: 'https://spoke.eu',
    pair: 'https://pair',
    own: 'https://kubernetes.default.svc',
    'eu/odd': 'https://odd',
    'arn:aws:eks:eu:1:cluster/shop': 'https://shop',
  },
  us: {
    spoke: 'https://spoke.us',
    pair: 'https://pair',
    own: 'https://kubernetes.default.svc',
    'us-only': 'https://us-only',
  },
};
const view = {
  hub: ([id]) => ({
    clusters: Object.entries(HUBS[id]).map(([name, server]) => ({
      name,
      server,
    })),
  }),
  hubsOf: (_what, name) => Object.keys(HUBS).filter(id => HUBS[id][name]),
} as FleetView;

/** The repository and the parameters that an intent comes to, as the engine finds them. */
function resolve(intent: TypedIntent, configs = [EU, US]) {
  const plain = withoutHubs(intent, configs, view);
  const config = chooseRepository(
    plain.intent,
    configs,
    view,
    [...plain.hubs.values()].map(({ hub }) => hub),
  );
  checkClusters(plain, config, view);
  return [config.id, plain.intent.parameters];
}

const label = (cluster: string): TypedIntent => ({
  kind: 'cluster.label',
  parameters: { cluster, labels: { a: 'b' } },
});

describe('clusters of several hubs', () => {
  it.each<[string, string, string]>([
    ['eu/spoke', 'gitops-eu', 'spoke'],
    ['us/spoke', 'gitops-us', 'spoke'],
    ['us-only', 'gitops-us', 'us-only'],
    ['us/us-only', 'gitops-us', 'us-only'],
    // Being made: no hub knows it yet.
    ['us/new', 'gitops-us', 'new'],
    // Whole names with a slash.
    ['eu/odd', 'gitops-eu', 'eu/odd'],
    [
      'arn:aws:eks:eu:1:cluster/shop',
      'gitops-eu',
      'arn:aws:eks:eu:1:cluster/shop',
    ],
  ])('%s is in %s as %s', (name, id, cluster) => {
    expect(resolve(label(name))).toEqual([id, { cluster, labels: { a: 'b' } }]);
  });

  it('are named without their hub wherever an intent names some', () => {
    expect(
      resolve({
        kind: 'service.promote',
        parameters: {
          service: 'shop',
          version: '2',
          to: { clusters: ['us-only', 'us/spoke'], environments: ['prod'] },
          waves: { by: 'list', clusters: [['us/spoke'], ['us-only']] },
        },
      }),
    ).toEqual([
      'gitops-us',
      {
        service: 'shop',
        version: '2',
        to: { clusters: ['spoke', 'us-only'], environments: ['prod'] },
        waves: { by: 'list', clusters: [['spoke'], ['us-only']] },
      },
    ]);
    expect(
      resolve({
        kind: 'cluster.upgrade',
        parameters: {
          clusters: ['spoke', 'us/spoke'],
          kubernetesVersion: 'v1.33.1',
        },
      })[1],
    ).toMatchObject({ clusters: ['spoke'] });
  });

  it('may be one cluster that two hubs know', () => {
    expect(resolve(label('pair'), [BOTH])).toEqual([
      'gitops',
      { cluster: 'pair', labels: { a: 'b' } },
    ]);
  });

  it.each<[string, TypedIntent, Array<typeof EU>, string]>([
    [
      'a name of both, where each hub has a repository',
      label('spoke'),
      [EU, US],
      '`spoke` is the name of clusters of several hubs: write `eu/spoke` or `us/spoke`, or set intent.repository: name one of gitops-eu, gitops-us.',
    ],
    [
      'a name of both in the repository of both',
      label('spoke'),
      [BOTH],
      '`spoke` is the name of clusters of several hubs: eu, us. Repository gitops serves them all',
    ],
    [
      'the same with a hub, which the files do not have',
      label('us/spoke'),
      [BOTH],
      'its files do not tell which is meant',
    ],
    [
      'what each hub calls itself',
      label('own'),
      [BOTH],
      '`own` is the name of clusters of several hubs: eu, us.',
    ],
    [
      'a hub that has no such cluster',
      label('eu/us-only'),
      [EU, US],
      '`eu/us-only`: hub eu has no cluster `us-only`. Hub us has one.',
    ],
    [
      'hubs of two repositories',
      {
        kind: 'cluster.upgrade',
        parameters: {
          clusters: ['eu/spoke', 'us/spoke'],
          kubernetesVersion: 'v1.33.1',
        },
      },
      [EU, US],
      'No repository serves eu and us together: ask for a change of each.',
    ],
  ])('are refused: %s', (_case, intent, configs, message) => {
    expect(() => resolve(intent, configs)).toThrow(message);
  });

  it('are refused where the repository that is named is not one of their hub', () => {
    const plain = withoutHubs(label('us/spoke'), [EU, US], view);
    expect(() => checkClusters(plain, EU, view)).toThrow(
      '`us/spoke`: repository gitops-eu is not one of hub us. It serves: eu.',
    );
  });

  it('are as they are named where nothing is known of hubs', () => {
    const intent = label('eu/spoke');
    expect(withoutHubs(label('mars/spoke'), [EU], undefined).hubs.size).toBe(0);
    expect(withoutHubs(intent, [EU], undefined).intent).toEqual(label('spoke'));
  });
});
