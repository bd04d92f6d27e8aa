import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type {
  ActionsRegistryService,
  MetricsService,
} from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  GitHost,
  HubSourceFactory,
} from '@backstage-fleet/plugin-fleet-node';
import {
  AuthorizedChanges,
  createChanges,
  listenToWebhooks,
  readPlanGuards,
  registerChangeActions,
  registerChangeRoutes,
} from '../changes';
import { GitHubHost, GitRepositories, readRepositoryConfigs } from '../git';
import {
  createArgocdHubSourceFactory,
  createHubTransport,
  createKubernetesHubSourceFactory,
  createKubernetesPlugin,
  type HubConnection,
  HubManager,
  type KubernetesHubSourceOptions,
  meteredTransport,
  readHubs,
  systemClock,
} from '../hubs';
import type { ScopeLookup } from '../permissions';
import { FleetStore } from '../store';
import { HubSnapshots, SnapshotKeeper } from '../store/snapshot';
import { FollowedRepositories, VersionResolver } from '../versions';
import { followCatalog } from './catalogServices';
import { DeploymentActions } from './deploymentActions';
import { registerDeploymentAgentActions } from './deploymentAgentActions';
import { registerDeploymentActions } from './handlers/deploymentActions';
import { readFleetConfig } from './fleetConfig';
import { createFleetView } from './fleetView';
import { logHubs } from './hubLog';
import { scopesOf } from './scopes';
import { SourceTags } from './sourceTags';
import { sweepRegularly } from './sweep';
import { signalRevisions } from './revisionSignal';
import { nudgingHost } from './nudgingHost';
import { createApiMeter, createHubMeter, observeStore } from './metrics';
import { registerReadActions } from './readActions';
import { createRouter } from './router';
import type { FleetRouter } from './types';
import { Visibilities } from './visibility';

/** What the backend is made from. */
export interface FleetOptions {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  logger: LoggerService;
  permissions: PermissionsService;
  metrics: MetricsService;
  scheduler: SchedulerService;
  signals: SignalsService;
  notifications: NotificationService;
  events: EventsService;
  /** Besides the built-in ones; later ones win. */
  hubSources: HubSourceFactory[];
  /** Asked before the built-in ones. */
  gitHosts: GitHost[];
}

/** The running backend. */
export interface Fleet {
  router: FleetRouter;
  /** What resources concern, for permission rules. */
  scopes: ScopeLookup;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts everything together. Nothing runs until started. */
export async function createFleet(options: FleetOptions): Promise<Fleet> {
  const { config, logger } = options;
  const clock = systemClock;
  const { labels, namePatterns, pollSeconds, versionRule } =
    readFleetConfig(config);

  const meter = createHubMeter(options.metrics);
  const kubernetesPlugin = createKubernetesPlugin(options);
  const createTransport = (connection: HubConnection, hubId: string) =>
    meteredTransport(
      createHubTransport(connection, kubernetesPlugin),
      (path, outcome) => meter.request(hubId, path, outcome),
    );
  const metered: KubernetesHubSourceOptions = {
    createTransport,
    createWritingTransport: createTransport,
  };
  const hubs = readHubs(config, [
    createKubernetesHubSourceFactory(metered),
    createArgocdHubSourceFactory(metered),
    ...options.hubSources,
  ]);
  const manager = new HubManager(hubs, logger);
  const store = new FleetStore({
    hubs: hubs.map(({ hub }) => hub),
    labels,
    namePatterns,
    imagesTellVersion: versionRule === 'image-tag',
  });

  const moved: Array<(url: string) => void> = [];
  const hosts = [
    ...options.gitHosts,
    GitHubHost.fromConfig({ config, logger }),
  ];
  const repositories = new GitRepositories({
    configs: readRepositoryConfigs(config),
    hosts: hosts.map(host =>
      nudgingHost(host, url => moved.forEach(tell => tell(url))),
    ),
  });
  const followed = new FollowedRepositories({
    repositories,
    pollSeconds,
    clock,
    logger,
  });
  moved.push(url => followed.nudge(url));
  const versions = new VersionResolver({
    store,
    repositories: followed,
    logger,
    rule: versionRule,
  });

  const guards = readPlanGuards(config);
  const changes = await createChanges({
    ...options,
    repositories,
    view: {
      ...createFleetView(store, followed.lookup),
      repositoriesWithBlueprint: id => followed.withBlueprint(id),
    },
    guards,
    regionLabels: labels.region,
  });

  observeStore(options.metrics, store, clock);
  const apiMeter = createApiMeter(options.metrics, clock);
  const visibilities = new Visibilities({ ...options, store });
  registerReadActions(options.actionsRegistry, { store, visibilities });
  const router = await createRouter({
    middleware: apiMeter.middleware,
    store,
    repositories: followed,
    visibilities,
    sourceTags: new SourceTags({ repositories, clock }),
    guards,
  });
  const authorized = new AuthorizedChanges({
    ...options,
    ...changes,
    repositories,
  });
  registerChangeRoutes(router, { ...options, changes: authorized });
  registerChangeActions(options.actionsRegistry, authorized);
  const actions = new DeploymentActions({
    ...options,
    store,
    hubs,
    repositories: followed,
    visibilities,
    changes: authorized,
    clock,
  });
  registerDeploymentActions(router, { ...options, actions });
  registerDeploymentAgentActions(options.actionsRegistry, actions);

  const keeper = new SnapshotKeeper({
    store,
    snapshots: new HubSnapshots(await options.database.getClient()),
    clock,
    logger,
  });

  const controller = new AbortController();
  const stops: Array<() => void> = [];
  return {
    router,
    scopes: scopesOf(store, changes.journal),
    async start() {
      stops.push(
        logHubs(store, logger),
        signalRevisions({
          ...options,
          store,
          clock,
          told: apiMeter.revisionTold,
        }),
        sweepRegularly(store, clock),
        followed.onHead(({ id }) => {
          changes.tracker
            .pollPullRequests(id)
            .catch(error => logger.warn(`Pull requests of ${id}: ${error}`));
        }),
        () => versions.stop(),
        () => changes.stop(),
      );
      versions.start();
      followed.start();
      await keeper.restore();
      manager.start(hub => store.sink(hub.id));
      void keeper.run(controller.signal);
      void followCatalog({ ...options, store, clock }, controller.signal);
      await changes.start();
      await listenToWebhooks({
        ...options,
        onRepository: urls => urls.forEach(url => followed.nudge(url)),
      });
    },
    async stop() {
      controller.abort();
      for (const stop of stops) stop();
      await keeper.save();
      await Promise.all([manager.stop(), followed.stop()]);
    },
  };
}
