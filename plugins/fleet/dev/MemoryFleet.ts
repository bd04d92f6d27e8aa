import {
  Blueprint,
  Change,
  ChangeList,
  ChangeRequest,
  ClusterList,
  Deployment,
  DeploymentList,
  DeploymentRequest,
  DeploymentState,
  Explanation,
  FoundDeploymentList,
  HubList,
  Intent,
  Matrix,
  Plan,
  RepositoryList,
  ServiceList,
  ServiceVersionList,
} from '@backstage-fleet/plugin-fleet-common';
import { SignalApi } from '@backstage/plugin-signals-react';
import { ChangeAction, FleetApi } from '../src/api';
import { DEPLOYMENT_STATES, HEALTHS, SYNCS } from '../src/matrix/matrix';
import {
  CLUSTERS,
  SERVICES,
  deployment,
  hubs,
  initialDeployments,
  serviceOf,
} from './fleetData';
import { absenceOf, planOf } from './gitOpsData';

/** A fleet in memory, for looking at the pages without a backend: what is enabled comes up over some seconds. */
export class MemoryFleet implements FleetApi, SignalApi {
  readonly #deployments = initialDeployments();
  readonly #changedAt = new Map<string, number>();
  readonly #listeners = new Set<[string, (message: any) => void]>();
  readonly #changes = new Map<string, Change>();
  readonly #options: { down?: string; refusing?: string; silent?: boolean };
  #revision = 1;

  constructor(
    options: { down?: string; refusing?: string; silent?: boolean } = {},
  ) {
    this.#options = options;
  }

  subscribe(channel: string, onMessage: (message: any) => void) {
    const entry: [string, (message: any) => void] = [channel, onMessage];
    this.#listeners.add(entry);
    return { unsubscribe: () => this.#listeners.delete(entry) };
  }

  async getMatrix(since?: number): Promise<Matrix> {
    if (this.#options.silent && this.#revision > 1) {
      throw new TypeError('Failed to fetch');
    }
    const full = since === undefined;
    const versions: string[] = [];
    const version = (text: string | undefined) => {
      if (text === undefined) {
        return -1;
      }
      const at = versions.indexOf(text);
      return at < 0 ? versions.push(text) - 1 : at;
    };
    const cells: Matrix['cells'] = {
      row: [],
      column: [],
      state: [],
      health: [],
      sync: [],
      running: [],
      desired: [],
      since: [],
    };
    SERVICES.forEach((service, row) =>
      CLUSTERS.forEach((cluster, column) => {
        const key = `${service.name} ${cluster.id}`;
        const found = this.#deployments.get(key);
        if (!found || (!full && (this.#changedAt.get(key) ?? 0) <= since)) {
          return;
        }
        cells.row.push(row);
        cells.column.push(column);
        cells.state.push(DEPLOYMENT_STATES.indexOf(found.state));
        cells.health.push(HEALTHS.indexOf(found.health));
        cells.sync.push(SYNCS.indexOf(found.sync));
        cells.running.push(version(found.running?.text));
        cells.desired.push(version(found.desired?.text));
        cells.since.push(Math.floor(+(found.healthSince ?? 0) / 1000));
      }),
    );
    return {
      revision: this.#revision,
      full,
      hubs: this.#hubs(),
      services: full ? SERVICES : [],
      clusters: full ? CLUSTERS : [],
      states: DEPLOYMENT_STATES,
      healths: HEALTHS,
      syncs: SYNCS,
      versions,
      cells,
      removed: [],
    };
  }

  async getServiceVersions(): Promise<ServiceVersionList> {
    return { items: [] };
  }

  async getBlueprints(): Promise<Blueprint[]> {
    return [];
  }

  async getHubs(): Promise<HubList> {
    return {
      revision: this.#revision,
      items: this.#hubs().map(freshness => ({
        id: freshness.id,
        title: freshness.title,
        url: `https://${freshness.id}.example.com`,
        freshness,
        kinds: [],
        counts: { clusters: 3, applications: 50, applicationSets: 18 },
      })),
    };
  }

  async getClusters(): Promise<ClusterList> {
    return { revision: this.#revision, hubs: this.#hubs(), items: CLUSTERS };
  }

  async getServices(text = ''): Promise<ServiceList> {
    return {
      revision: this.#revision,
      hubs: this.#hubs(),
      items: SERVICES.filter(service => service.name.includes(text)),
    };
  }

  async getDeployments(name: string): Promise<DeploymentList> {
    const service = serviceOf(name);
    return {
      revision: this.#revision,
      hubs: this.#hubs(),
      service,
      items: CLUSTERS.map(cluster => ({
        cluster,
        deployments: [this.#deployments.get(`${name} ${cluster.id}`)].filter(
          (each): each is Deployment => each !== undefined,
        ),
      })),
    };
  }

  async findDeployments(filter: {
    service?: string;
    text?: string;
  }): Promise<FoundDeploymentList> {
    const items = SERVICES.flatMap(service =>
      CLUSTERS.map(cluster => ({
        service: service.name,
        cluster,
        deployment: this.#deployments.get(`${service.name} ${cluster.id}`)!,
      })),
    ).filter(
      each =>
        each.deployment &&
        (!filter.service || each.service === filter.service) &&
        `${each.service} ${each.cluster.name}`.includes(filter.text ?? ''),
    );
    return {
      revision: this.#revision,
      hubs: this.#hubs(),
      items,
      total: items.length,
    };
  }

  async explain(name: string, id: string): Promise<Explanation> {
    return absenceOf(name, CLUSTERS.find(each => each.id === id)!);
  }

  async getRepositories(): Promise<RepositoryList> {
    return {
      items: [
        {
          id: 'fleet-gitops',
          url: 'https://git.example.com/acme/fleet-gitops',
          branch: 'main',
          hubs: this.#hubs().map(hub => hub.id),
        },
      ],
    };
  }

  async createPlan(intent: Intent): Promise<Plan> {
    const { service, clusters = [] } = intent.parameters;
    return planOf(
      service,
      CLUSTERS.filter(
        each =>
          clusters.includes(each.name) &&
          !this.#deployments.has(`${service} ${each.id}`),
      ),
    );
  }

  async createChange(request: ChangeRequest): Promise<Change> {
    const { service, clusters = [] } = request.intent.parameters;
    const plan = await this.createPlan(request.intent);
    const now = new Date();
    const proposed = request.mode === 'pull-request';
    const change: Change = {
      id: `change-${this.#changes.size + 1}`,
      title: `Deploy ${service} to ${clusters.join(', ')}`,
      intent: request.intent,
      mode: request.mode ?? 'auto',
      state: proposed ? 'proposed' : 'merged',
      repository: 'fleet-gitops',
      plan,
      commit: {
        sha: 'c0ffee1d2e3f405162738495a6b7c8d9e0f1a2b3',
        url: 'https://git.example.com/acme/fleet-gitops/commit/c0ffee1',
      },
      pullRequest: proposed
        ? {
            number: 482,
            url: 'https://git.example.com/acme/fleet-gitops/pull/482',
            state: 'open',
          }
        : undefined,
      createdAt: now,
      updatedAt: now,
      timeline: [
        {
          at: now,
          state: proposed ? 'proposed' : 'merged',
          message: proposed
            ? 'Pull request #482 opened.'
            : 'Committed `c0ffee1` to main.',
        },
      ],
    };
    this.#changes.set(change.id, change);
    if (!proposed) {
      this.#rollOut(change, service, clusters);
    }
    return change;
  }

  async getChange(id: string): Promise<Change> {
    return this.#changes.get(id)!;
  }

  async getChanges(): Promise<ChangeList> {
    return { items: [...this.#changes.values()].reverse() };
  }

  async actOnChange(id: string, action: ChangeAction): Promise<Change> {
    const change: Change = {
      ...this.#changes.get(id)!,
      ...(action === 'stop'
        ? { state: 'stopped' as const }
        : { paused: action === 'pause' }),
    };
    this.#changes.set(id, change);
    return change;
  }

  async syncDeployment(id: string): Promise<DeploymentRequest> {
    return this.#request(id, 'sync');
  }

  async refreshDeployment(id: string): Promise<DeploymentRequest> {
    return this.#request(id, 'refresh');
  }

  #request(id: string, action: DeploymentRequest['action']): DeploymentRequest {
    return {
      deployment: id,
      action,
      requestedAt: new Date(),
      message: `Argo CD was asked to ${action} \`${id}\`.`,
      revision: this.#revision,
    };
  }

  #rollOut(change: Change, name: string, names: string[]) {
    const steps: Array<[DeploymentState, Change['state'], string]> = [
      ['missing', 'merged', 'Application created.'],
      ['progressing', 'synced', 'Synced.'],
      ['healthy', 'healthy', 'Healthy.'],
    ];
    steps.forEach(([state, changeState, message], at) =>
      setTimeout(() => {
        this.#revision++;
        for (const target of CLUSTERS.filter(c => names.includes(c.name))) {
          const key = `${name} ${target.id}`;
          this.#deployments.set(
            key,
            deployment(serviceOf(name), target, 0, state),
          );
          this.#changedAt.set(key, this.#revision);
        }
        this.#changes.set(change.id, {
          ...this.#changes.get(change.id)!,
          state: changeState,
          timeline: [
            ...this.#changes.get(change.id)!.timeline,
            { at: new Date(), state: changeState, message },
          ],
        });
        this.#say('fleet:revision', { revision: this.#revision });
        this.#say('fleet:change', { id: change.id });
      }, 1500 * (at + 1)),
    );
  }

  #say(channel: string, message: object) {
    this.#listeners.forEach(([to, call]) => to === channel && call(message));
  }

  #hubs() {
    return hubs(this.#options.down, this.#options.refusing);
  }
}
