import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Cluster,
  DefaultApiClient,
} from '@backstage-fleet/plugin-fleet-common';
import { AccessRule } from './config';

/** Longest time that the fleet's backend may take for one answer, in milliseconds. */
const PATIENCE = 10_000;

/** What the fleet's backend says of its clusters. */
export interface FleetAnswer {
  /** All that are registered in a hub's Argo CD. */
  clusters: Cluster[];
  /** For each rule, the ids of the clusters that it selects. */
  selected: Array<Set<string>>;
  /** Addresses of the hubs' own APIs, by hub. */
  hubs: Map<string, string>;
}

/** Asks the fleet's backend for its clusters, in the name of the Kubernetes plugin. */
export class FleetClusters {
  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
    },
  ) {}

  /**
   * The clusters, and which of them each rule selects.
   *
   * @throws a `ResponseError` where the backend refuses, which names a wrong selector or hub
   */
  async read(rules: AccessRule[]): Promise<FleetAnswer> {
    const { auth, discovery } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'fleet',
    });
    const client = new DefaultApiClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: (url, init) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
      },
    });
    const clusters = async (query: { hub?: string; clusterLabels?: string }) =>
      (await answer(client.getClusters({ query }, { token }))).items.filter(
        ({ registered }) => registered !== false,
      );
    const [all, hubs, ...selected] = await Promise.all([
      clusters({}),
      answer(client.getHubs({}, { token })),
      ...rules.map(({ hub, selector }) =>
        clusters({ hub, clusterLabels: selector }),
      ),
    ]);
    return {
      clusters: all,
      selected: selected.map(of => new Set(of.map(({ id }) => id))),
      hubs: new Map(hubs.items.map(({ id, url }) => [id, url])),
    };
  }
}

async function answer<T>(
  sent: Promise<{ ok: boolean; json(): Promise<T> }>,
): Promise<T> {
  const response = await sent;
  if (!response.ok) {
    throw await ResponseError.fromResponse(response as unknown as Response);
  }
  return response.json();
}
