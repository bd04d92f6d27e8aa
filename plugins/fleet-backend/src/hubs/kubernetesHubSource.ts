import pLimit from 'p-limit';
import type {
  ApplicationRequest,
  HubSink,
  HubSource,
  HubSourceFactory,
} from '@backstage-fleet/plugin-fleet-node';
import { Clock, systemClock } from './clock';
import { ConnectionTracker, HubWakeUp } from './connectionTracker';
import {
  KubernetesHubConfig,
  readKubernetesHubConfig,
} from './kubernetesHubConfig';
import { Reflector } from './reflector';
import { ProvisioningWatcher } from './provisioning/provisioningWatcher';
import { KindScopes } from './scopedSink';
import { StringPool } from './stringPool';
import type { HubConnection } from './hubConnection';
import { KubernetesRequests } from './requests/kubernetesRequests';
import {
  directTransport,
  type HubTransport,
  type WritingHubTransport,
} from './transport';
import {
  APPLICATION_SETS,
  APPLICATIONS,
  APP_PROJECTS,
  CLUSTER_SECRETS,
} from './watchedResource';

/** Pages of one hub that are on their way at the same time. */
const PAGES_AT_ONCE = 4;

/** What tests put in place of time, chance and network. */
export interface KubernetesHubSourceOptions {
  clock?: Clock;
  random?: () => number;
  createTransport?: (connection: HubConnection, hubId: string) => HubTransport;
  /** For requests that change something; they are few, so each has its own. */
  createWritingTransport?: (
    connection: HubConnection,
    hubId: string,
  ) => WritingHubTransport;
}

class KubernetesHubSource implements HubSource {
  constructor(
    private readonly hubId: string,
    private readonly hub: KubernetesHubConfig,
    private readonly options: Required<KubernetesHubSourceOptions>,
  ) {}

  async run(sink: HubSink, signal: AbortSignal): Promise<void> {
    const { clock, random, createTransport } = this.options;
    const { connection, argocdNamespace, applicationNamespaces } = this.hub;
    const transport = createTransport(connection, this.hubId);
    const wakeUp = new HubWakeUp();
    const shared = {
      transport,
      clock,
      random,
      limit: pLimit(PAGES_AT_ONCE),
      strings: new StringPool(),
    };
    const watched = [
      // First what Applications are matched with.
      { resource: CLUSTER_SECRETS, namespaces: [argocdNamespace] },
      { resource: APPLICATION_SETS, namespaces: applicationNamespaces },
      { resource: APPLICATIONS, namespaces: applicationNamespaces },
      { resource: APP_PROJECTS, namespaces: [argocdNamespace] },
    ];

    const reflectors = watched.flatMap(({ resource, namespaces }) => {
      const scopes = new KindScopes(resource.kind, sink);
      return namespaces.map(namespace => {
        const scope = scopes.open();
        return new Reflector({
          ...shared,
          resource,
          namespace,
          sink: scope,
          tracker: new ConnectionTracker({
            clock,
            wakeUp,
            report: state => scope.state(state),
          }),
        });
      });
    });

    const provisioning = this.hub.provisioning
      ? [
          new ProvisioningWatcher({
            ...shared,
            ...this.hub.provisioning,
            sink,
            wakeUp,
          }),
        ]
      : [];

    await Promise.all(
      [...reflectors, ...provisioning].map(part => part.run(signal)),
    );
    await transport.close();
  }

  async request(
    application: { namespace: string; name: string },
    request: ApplicationRequest,
    requester: string,
  ): Promise<void> {
    const { clock, createWritingTransport } = this.options;
    const transport = createWritingTransport(this.hub.connection, this.hubId);
    const requests = new KubernetesRequests(transport, clock);
    try {
      await requests.request(application, request, requester);
    } finally {
      await transport.close();
    }
  }
}

/**
 * Hub source `kubernetes`: list and watch on the hub's own API, one for each kind and namespace, whatever the number of
 * people who look.
 *
 * A kind that the token may not read does not hide the others.
 */
export function createKubernetesHubSourceFactory(
  options: KubernetesHubSourceOptions = {},
): HubSourceFactory {
  const clock = options.clock ?? systemClock;
  return {
    type: 'kubernetes',
    create({ hubId, config }) {
      const hub = readKubernetesHubConfig(hubId, config, clock);
      return new KubernetesHubSource(hubId, hub, {
        clock,
        random: options.random ?? Math.random,
        createTransport: options.createTransport ?? directTransport,
        createWritingTransport:
          options.createWritingTransport ?? directTransport,
      });
    },
  };
}
