import { isDeepStrictEqual } from 'node:util';
import type { EmbeddedHub } from '@backstage-fleet/dev-hub';
import { EmbeddedFleet } from './service/__testUtils__/embeddedFleet';
import type { FleetBackend } from './service/__testUtils__/fleetBackend';
import { until } from './service/__testUtils__/fleetHarness';

// The hub replays a history first.
jest.setTimeout(180_000);

describe('the API of Argo CD as a source', () => {
  let both: EmbeddedFleet;
  let hub: EmbeddedHub;
  let fleet: FleetBackend;

  beforeAll(async () => {
    both = await EmbeddedFleet.start();
    hub = both.hub;
    fleet = both.backend;
  });

  afterAll(() => both?.stop());

  /** What one of the two sources says of the fleet, without the name of the source. */
  async function told(source: string) {
    const [found, clusters, sets] = await Promise.all(
      ['deployments', 'clusters', 'application-sets'].map(async route => {
        const { body } = await fleet.get(`/${route}?hub=${source}`);
        return body.items as any[];
      }),
    );
    const text = JSON.stringify({
      deployments: found.map(({ service, cluster, deployment }) => ({
        service,
        cluster: cluster.id,
        // Argo CD's API tells how it reaches clusters, which is part of it.
        deployment: { ...deployment, freshness: undefined },
      })),
      clusters: clusters
        // Argo CD lists its own cluster too.
        .filter(({ kind }) => kind === 'spoke')
        .map(({ name, server, labels, services, region, environment }) => ({
          name,
          server,
          labels,
          services,
          region,
          environment,
        })),
      sets: sets.map(({ name, generators, clusters: reached, missed }) => ({
        name,
        generators,
        reached,
        missed,
      })),
    }).replaceAll(`"${source}/`, '"hub/');
    return JSON.parse(text);
  }

  it('tells the same deployments, clusters and ApplicationSets as the API of Kubernetes', async () => {
    const kubernetes = await until(async () => {
      const answer = await told('kubernetes');
      const { deployments } = answer;
      return (
        deployments.length > 0 &&
        deployments.every(
          ({ deployment }: any) => deployment.desired && deployment.synced,
        ) &&
        isDeepStrictEqual(answer, await told('argocd')) &&
        answer
      );
    }).catch(async () => told('kubernetes'));
    expect(await told('argocd')).toEqual(kubernetes);
    expect(kubernetes.deployments.length).toBeGreaterThan(20);
    expect(await fleet.statuses()).toEqual({
      kubernetes: 'live',
      argocd: 'live',
    });
  });

  it('tells of connections to clusters, which Kubernetes does not', async () => {
    const of = async (source: string) => {
      const { body } = await fleet.get(`/clusters?hub=${source}`);
      return body.items.filter(({ connection }: any) => connection).length;
    };
    expect(await of('kubernetes')).toBe(0);
    expect(await of('argocd')).toBeGreaterThan(0);
  });

  it('goes through the same fault of the hub', async () => {
    hub.faults.set([{ kind: 'down' } as any]);
    await until(async () => {
      const { kubernetes, argocd } = await fleet.statuses();
      return kubernetes === 'unreachable' && argocd === 'unreachable';
    });
    hub.faults.set([]);
    await until(async () => {
      const { kubernetes, argocd } = await fleet.statuses();
      return kubernetes === 'live' && argocd === 'live';
    });
    const [argocd, kubernetes] = await until(async () => {
      const pair = [await told('argocd'), await told('kubernetes')];
      return isDeepStrictEqual(pair[0], pair[1]) && pair;
    });
    expect(argocd).toEqual(kubernetes);
  });
});
