import { InputError } from '@backstage/errors';
import type {
  ApplicationRequest,
  HubObjectKind,
  HubSink,
  HubSource,
  HubSourceFactory,
} from '@backstage-fleet/plugin-fleet-node';
import { ConnectionTracker, HubWakeUp } from '../connectionTracker';
import { systemClock } from '../clock';
import { type HubConnection, readHubConnection } from '../hubConnection';
import type { KubernetesHubSourceOptions } from '../kubernetesHubSource';
import { projectAppProject, projectArgocdCluster } from '../projection';
import { ArgocdRequests } from '../requests/argocdRequests';
import { KindScopes } from '../scopedSink';
import { StringPool } from '../stringPool';
import { directTransport } from '../transport';
import { ObjectStream } from './objectStream';
import { PolledList, type PolledListOptions } from './polledList';
import {
  STREAMED_APPLICATION_SETS,
  STREAMED_APPLICATIONS,
} from './streamedKinds';
import { StreamOrPolls } from './streamOrPolls';

type Polled = Pick<
  PolledListOptions,
  'resource' | 'path' | 'project' | 'neverEmpty'
> & { kind: HubObjectKind };

const POLLED: Polled[] = [
  {
    kind: 'Cluster',
    resource: 'clusters',
    path: '/api/v1/clusters',
    project: projectArgocdCluster,
    // `in-cluster` is always listed.
    neverEmpty: true,
  },
  {
    kind: 'AppProject',
    resource: 'projects',
    path: '/api/v1/projects',
    project: projectAppProject,
    // `default` cannot be deleted.
    neverEmpty: true,
  },
];

class ArgocdHubSource implements HubSource {
  constructor(
    private readonly hubId: string,
    private readonly connection: HubConnection,
    private readonly options: Required<KubernetesHubSourceOptions>,
  ) {}

  async run(sink: HubSink, signal: AbortSignal): Promise<void> {
    const { clock, random, createTransport } = this.options;
    const transport = createTransport(this.connection, this.hubId);
    const wakeUp = new HubWakeUp();
    const strings = new StringPool();
    const part = (kind: HubObjectKind) => {
      const scope = new KindScopes(kind, sink).open();
      const tracker = new ConnectionTracker({
        clock,
        wakeUp,
        report: state => scope.state(state),
      });
      return { transport, sink: scope, tracker, strings, clock, random };
    };

    await Promise.all([
      new ObjectStream({
        kind: STREAMED_APPLICATIONS,
        ...part('Application'),
      }).run(signal),
      new StreamOrPolls({
        kind: STREAMED_APPLICATION_SETS,
        ...part('ApplicationSet'),
      }).run(signal),
      ...POLLED.map(({ kind, ...polled }) =>
        new PolledList({ ...polled, ...part(kind) }).run(signal),
      ),
    ]);
    await transport.close();
  }

  async request(
    application: { namespace: string; name: string },
    request: ApplicationRequest,
    requester: string,
  ): Promise<void> {
    const { clock, createWritingTransport } = this.options;
    const transport = createWritingTransport(this.connection, this.hubId);
    const requests = new ArgocdRequests(transport, clock);
    try {
      await requests.request(application, request, requester);
    } finally {
      await transport.close();
    }
  }
}

/**
 * Hub source `argocd`: the API of Argo CD itself, for those who have a token of it and none of the cluster.
 *
 * It tells the connection state and Kubernetes version of clusters, which the cluster's own objects do not.
 */
export function createArgocdHubSourceFactory(
  options: KubernetesHubSourceOptions = {},
): HubSourceFactory {
  const clock = options.clock ?? systemClock;
  return {
    type: 'argocd',
    create({ hubId, config }) {
      if (config.getOptionalBoolean('kubernetesProxy')) {
        throw new InputError(
          `fleet.hubs: hub ${hubId} has \`type: argocd\`, which the Kubernetes plugin cannot pass requests on to. Give \`url\` and \`token\` of its Argo CD.`,
        );
      }
      return new ArgocdHubSource(
        hubId,
        readHubConnection(hubId, config, clock),
        {
          clock,
          random: options.random ?? Math.random,
          createTransport: options.createTransport ?? directTransport,
          createWritingTransport:
            options.createWritingTransport ?? directTransport,
        },
      );
    },
  };
}
