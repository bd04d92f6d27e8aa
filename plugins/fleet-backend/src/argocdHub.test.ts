import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type EmbeddedHub, startEmbeddedHub } from '@backstage-fleet/dev-hub';
import { FleetBackend } from './service/__testUtils__/fleetBackend';
import { until } from './service/__testUtils__/fleetHarness';

// The hub replays a history first.
jest.setTimeout(180_000);

const TOKEN = 'hub-token';

describe('the API of Argo CD as a source', () => {
  let hub: EmbeddedHub;
  let fleet: FleetBackend;

  beforeAll(async () => {
    hub = await startEmbeddedHub({
      example: resolve(__dirname, '../../../examples/hub-and-spoke'),
      kubernetesPort: 0,
      argocdPort: 0,
      gitPort: 0,
      hubToken: TOKEN,
      gitToken: 'git-token',
      timings: { compare: 10, sync: () => 50, refresh: () => 600_000 },
      podStartMilliseconds: () => 50,
    });
    const { host, origin } = new URL(hub.gitUrl);
    fleet = await FleetBackend.start({
      integrations: {
        github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: 'git-token' }],
      },
      fleet: {
        hubs: [
          { id: 'kubernetes', url: hub.kubernetesUrl, token: TOKEN },
          { id: 'argocd', type: 'argocd', url: hub.argocdUrl, token: TOKEN },
        ],
        repositories: [
          {
            id: 'gitops',
            url: hub.repositoryUrl,
            hubs: ['kubernetes', 'argocd'],
          },
        ],
      },
    });
  });

  afterAll(async () => {
    await fleet?.stop();
    await hub?.stop();
  });

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
      const both = [await told('argocd'), await told('kubernetes')];
      return isDeepStrictEqual(both[0], both[1]) && both;
    });
    expect(argocd).toEqual(kubernetes);
  });
});
