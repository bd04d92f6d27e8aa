import { resolve } from 'node:path';
import { type EmbeddedHub, startEmbeddedHub } from '@backstage-fleet/dev-hub';
import { FleetBackend } from './fleetBackend';

const TOKEN = 'hub-token';

/**
 * The backend against the embedded hub with the example on it, which it reads twice: as hub `kubernetes` by the cluster's
 * API, and as hub `argocd` by that of Argo CD.
 */
export class EmbeddedFleet {
  constructor(readonly hub: EmbeddedHub, readonly backend: FleetBackend) {}

  /** @param entry - what each entry of `fleet.hubs` says besides how to reach it */
  static async start(
    entry: { actions?: boolean } = {},
  ): Promise<EmbeddedFleet> {
    const hub = await startEmbeddedHub({
      example: resolve(__dirname, '../../../../../examples/hub-and-spoke'),
      kubernetesPort: 0,
      argocdPort: 0,
      gitPort: 0,
      hubToken: TOKEN,
      gitToken: 'git-token',
      timings: { compare: 10, sync: () => 50, refresh: () => 600_000 },
      podStartMilliseconds: () => 50,
    });
    const { host, origin } = new URL(hub.gitUrl);
    const hubs = [
      { id: 'kubernetes', url: hub.kubernetesUrl },
      { id: 'argocd', type: 'argocd', url: hub.argocdUrl },
    ];
    const backend = await FleetBackend.start({
      integrations: {
        github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: 'git-token' }],
      },
      fleet: {
        hubs: hubs.map(each => ({ ...each, ...entry, token: TOKEN })),
        repositories: [
          {
            id: 'gitops',
            url: hub.repositoryUrl,
            hubs: hubs.map(({ id }) => id),
          },
        ],
      },
    });
    return new EmbeddedFleet(hub, backend);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.hub.stop();
  }
}
