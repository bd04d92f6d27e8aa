import fc from 'fast-check';
import { application, cluster, testStore } from './__testUtils__/objects';

const names = fc.constantFrom('a', 'b', 'c', 'in-cluster');
const servers = fc.constantFrom(
  'https://a',
  'https://b/',
  'https://b',
  'https://kubernetes.default.svc',
);

/** Secrets by their own names; two may register the same name or server. */
const secrets = fc.dictionary(
  fc.constantFrom('1', '2', '3'),
  fc.record({
    name: names,
    server: servers,
    region: fc.constantFrom('eu', 'us'),
    connection: fc.constantFrom('Successful', 'Failed'),
  }),
);

const destinations = fc.array(
  fc.record({ name: names, server: servers }, { requiredKeys: [] }),
  { minLength: 1, maxLength: 8 },
);

type Secrets = typeof secrets extends fc.Arbitrary<infer T> ? T : never;

function objects(registered: Secrets) {
  return Object.entries(registered).map(
    ([secret, { name, server, region, connection }]) => {
      const object = cluster(name, { region }, server);
      return {
        ...object,
        metadata: { ...object.metadata, name: secret },
        status: { connection: { status: connection } },
      };
    },
  );
}

/** What was concluded of each Application, and what the matrix has. */
function conclusions(store: ReturnType<typeof testStore>) {
  const { services, clusters } = store.axes();
  return {
    services,
    clusters,
    records: [...store.applications()]
      .map(({ id, clusterId, service, namedBy, freshness }) => ({
        id,
        clusterId,
        service,
        namedBy,
        freshness,
      }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

describe('clusters that come, change and go', () => {
  it('leave every Application where one would be who sees the clusters for the first time', () => {
    fc.assert(
      fc.property(
        destinations,
        fc.array(secrets, { minLength: 1, maxLength: 4 }),
        (found, states) => {
          const applications = found.map((destination, index) =>
            application({
              name: `shop-${'abc'[index % 3]}${index}`,
              destination,
            }),
          );
          const followed = testStore();
          const sink = followed.sink('eu');
          sink.replace('Application', applications);
          for (const state of states) sink.replace('Cluster', objects(state));

          const fresh = testStore();
          fresh.sink('eu').replace('Cluster', objects(states.at(-1)!));
          fresh.sink('eu').replace('Application', applications);
          expect(conclusions(followed)).toEqual(conclusions(fresh));
        },
      ),
      { numRuns: 500 },
    );
  });

  const SELF = 'https://kubernetes.default.svc';
  const named = cluster('in-cluster', {}, 'https://elsewhere');
  it.each([
    {
      what: 'in-cluster to the cluster that takes the name',
      destination: { name: 'in-cluster' },
      before: [cluster('a', {}, SELF)],
      after: [cluster('a', {}, SELF), named],
      went: ['eu/a', 'eu/in-cluster'],
    },
    {
      what: 'the hub itself to the cluster that is it, where another has its name',
      destination: { server: SELF },
      before: [named],
      after: [named, cluster('a', {}, SELF)],
      went: ['eu/in-cluster', 'eu/a'],
    },
  ])(
    'lead an Application that goes to $what',
    ({ destination, before, after, went }) => {
      const store = testStore();
      const eu = store.sink('eu');
      eu.replace('Cluster', before);
      eu.replace('Application', [application({ name: 'one', destination })]);
      const clusterOfOne = () => [...store.applications()][0].clusterId;
      const was = clusterOfOne();
      eu.replace('Cluster', after);
      expect([was, clusterOfOne()]).toEqual(went);
    },
  );

  it('makes no Application of another cluster new', () => {
    const store = testStore();
    const eu = store.sink('eu');
    eu.replace('Cluster', [cluster('a'), cluster('b')]);
    eu.replace('Application', [
      application({ name: 'one', destination: { name: 'a' } }),
      application({ name: 'two', destination: { server: 'https://b' } }),
    ]);
    const [one, two] = [...store.applications()];
    eu.upsert('Cluster', cluster('b', { region: 'eu' }));
    expect(store.application(one.id)).toBe(one);
    expect(store.application(two.id)).not.toBe(two);
  });
});
