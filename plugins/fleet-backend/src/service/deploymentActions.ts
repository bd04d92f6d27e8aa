import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  type Change,
  type DeploymentRequest,
  fleetDeploymentRefreshPermission,
  fleetDeploymentSyncPermission,
  type RefreshRequest,
  type RollbackRequest,
  type SyncRequest,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  ApplicationRequest,
  HubSource,
} from '@backstage-fleet/plugin-fleet-node';
import {
  type Asker,
  audited,
  type AuthorizedChanges,
  requesterOf,
} from '../changes';
import type { Clock, HubDefinition } from '../hubs';
import { decide, notAllowed } from '../permissions';
import type { ApplicationRecord, FleetStore } from '../store';
import { hubSnapshot } from '../store/hubSnapshot';
import type { FollowedRepositories } from '../versions';
import { nameInFiles } from './nameInFiles';
import { deploymentScope } from './scopes';
import type { Visibilities } from './visibility';

/** What {@link DeploymentActions} works with. */
export interface DeploymentActionsOptions {
  store: FleetStore;
  hubs: ReadonlyArray<{ hub: HubDefinition; source: HubSource }>;
  repositories: Pick<FollowedRepositories, 'ofHub' | 'lookup'>;
  visibilities: Visibilities;
  permissions: PermissionsService;
  auditor: AuditorService;
  changes: Pick<AuthorizedChanges, 'create'>;
  clock: Clock;
}

const PERMISSIONS = {
  sync: fleetDeploymentSyncPermission,
  refresh: fleetDeploymentRefreshPermission,
};

/**
 * What people and agents do with one deployment, as far as they may. Routes and actions for agents both go through here.
 *
 * @remarks
 * Syncs and refreshes are asked of the hub: they change nothing that Git says. A rollback is a change of Git, because a
 * rollback on the hub would contradict it.
 */
export class DeploymentActions {
  readonly #options: DeploymentActionsOptions;

  constructor(options: DeploymentActionsOptions) {
    this.#options = options;
  }

  /** Asks Argo CD to sync a deployment to what Git says. */
  async sync(
    asker: Asker,
    id: string,
    { revision, prune }: SyncRequest,
  ): Promise<DeploymentRequest> {
    return this.#ask(
      asker,
      id,
      { action: 'sync', revision: revision?.trim() || undefined, prune },
      ({ name, object }) => {
        const followed = object.spec?.source?.targetRevision;
        const target = revision?.trim() || followed;
        return `Argo CD was asked to sync ${name}${
          target ? ` to ${target}` : ''
        }.`;
      },
    );
  }

  /** Asks Argo CD to compare a deployment with Git now. */
  async refresh(
    asker: Asker,
    id: string,
    { type = 'normal' }: RefreshRequest,
  ): Promise<DeploymentRequest> {
    return this.#ask(
      asker,
      id,
      { action: 'refresh', type },
      ({ name }) => `Argo CD was asked to compare ${name} with Git.`,
    );
  }

  /** Writes the change that brings an earlier version back to the deployment's cluster. */
  async rollback(
    asker: Asker,
    id: string,
    order: RollbackRequest,
  ): Promise<{ change: Change; written: boolean }> {
    const record = await this.#find(asker, id, 'roll deployments back');
    const { version, repository, ...rest } = order;
    if (record.service === undefined) {
      throw new ConflictError(
        `No rule says which service ${record.name} belongs to, so it has no version to go back to. GET /diagnostics/service-identity tells why.`,
      );
    }
    const { id: named, cluster } = this.#inGit(record, repository);
    return this.#options.changes.create(asker, {
      ...rest,
      intent: {
        kind: 'service.rollback',
        repository: named,
        parameters: {
          service: record.service,
          version,
          on: { clusters: [cluster] },
        },
      },
    });
  }

  async #ask(
    asker: Asker,
    id: string,
    request: ApplicationRequest,
    message: (record: ApplicationRecord) => string,
  ): Promise<DeploymentRequest> {
    const { auditor, clock, store } = this.#options;
    const { action } = request;
    const event = await auditor.createEvent({
      eventId: 'deployment-act',
      severityLevel: action === 'sync' ? 'medium' : 'low',
      request: asker.request,
      meta: { deployment: id, ...request },
    });
    return audited(event, async () => {
      const record = await this.#find(asker, id, `${action} deployments`);
      await this.#authorize(asker, action, record);
      const source = this.#source(record);
      const { revision } = store;
      await source.request(
        { namespace: record.namespace, name: record.name },
        request,
        requesterOf(asker.credentials) ?? 'Backstage',
      );
      const requestedAt = new Date(clock.now());
      return {
        result: {
          deployment: id,
          action,
          requestedAt,
          message: message(record),
          revision,
        },
      };
    });
  }

  /** The deployment; who may not see it is not told that it exists. */
  async #find(
    { credentials }: Asker,
    id: string,
    what: string,
  ): Promise<ApplicationRecord> {
    const { store, visibilities } = this.#options;
    const visible = await visibilities.of(credentials, 'deployments', what);
    const record = store.application(id);
    if (!record || !visible.deployment(record)) {
      throw new NotFoundError(
        `There is no deployment '${id}': its id is hub/namespace/name of the Application.`,
      );
    }
    return record;
  }

  async #authorize(
    { credentials }: Asker,
    action: keyof typeof PERMISSIONS,
    record: ApplicationRecord,
  ): Promise<void> {
    const { permissions, store } = this.#options;
    const permission = PERMISSIONS[action];
    const what = `${action} ${record.name}`;
    const allows = await decide(permissions, credentials, permission, what);
    if (!allows(deploymentScope(store, record))) {
      throw notAllowed(permission, what);
    }
  }

  #source({ hub: id }: ApplicationRecord): Required<HubSource> {
    const found = this.#options.hubs.find(({ hub }) => hub.id === id);
    if (!found?.hub.actions || !found.source.request) {
      throw new ConflictError(
        `This hub is read-only: set \`actions: true\` of hub ${id} in \`fleet.hubs\`, and give its account the rights for it.`,
      );
    }
    return found.source as Required<HubSource>;
  }

  /** The repository that a deployment's hub reads, where it is only one, and the cluster by its name there. */
  #inGit(
    { hub, clusterId }: ApplicationRecord,
    asked: string | undefined,
  ): { id: string | undefined; cluster: string } {
    const { repositories, store } = this.#options;
    const followers = repositories.ofHub(hub);
    const follower =
      asked === undefined && followers.length === 1
        ? followers[0]
        : followers.find(({ config }) => config.id === asked);
    const cluster = clusterId.slice(hub.length + 1);
    return {
      id: asked ?? follower?.config.id,
      cluster: follower?.head
        ? nameInFiles(
            cluster,
            follower.head,
            follower.config.branch,
            hubSnapshot(store, hub, repositories.lookup),
          )
        : cluster,
    };
  }
}
