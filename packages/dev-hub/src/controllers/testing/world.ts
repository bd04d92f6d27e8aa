import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ReplayClock } from '../../clock';
import { seedRepository, type BareRepository } from '../../git';
import {
  applications,
  appProjects,
  namespaces,
  ObjectStore,
  secrets,
  startGarbageCollector,
  startNamespaceController,
} from '../../objects';
import { Repositories } from '../../repo';
import { Clusters, HubCluster } from '../../spokes';
import { ApplicationController } from '../applicationController';
import { ApplicationSetController } from '../applicationSetController';
import { IN_CLUSTER_SERVER } from '../destinations';

export const REPOSITORY_URL = 'http://git.example/acme/fleet';
const START = new Date('2026-01-01T00:00:00Z');
const AUTHOR = { name: 'Ada', email: 'ada@example.org' };

/** One visible state of an Application, as `sync/health/phase`. */
export type Seen = string;

/** A hub with its controllers in virtual time, on a real Git repository. */
export class World {
  readonly clock = new ReplayClock(START);
  readonly store = new ObjectStore({
    clock: { now: () => this.clock.now().getTime() },
  });
  readonly repositories = new Repositories();
  readonly #errors: unknown[] = [];
  readonly seen = new Map<string, Seen[]>();
  readonly clusters = new Clusters({
    clock: this.clock,
    known: { [IN_CLUSTER_SERVER]: new HubCluster(this.store) },
    podStartMilliseconds: () => 2000,
  });
  readonly #applicationController: ApplicationController;
  readonly #applicationSetController: ApplicationSetController;
  readonly #stops: Array<() => void>;

  private constructor(
    readonly git: BareRepository,
    readonly directory: string,
  ) {
    this.repositories.add(REPOSITORY_URL, git);
    this.#stops = [
      startGarbageCollector(this.store),
      startNamespaceController(this.store),
    ];
    const common = {
      store: this.store,
      repositories: this.repositories,
      clock: this.clock,
      onError: (_key: string, error: unknown) => this.#errors.push(error),
    };
    this.#applicationController = new ApplicationController({
      ...common,
      clusters: this.clusters,
      timings: { compare: 100, sync: () => 1000, refresh: () => Infinity },
    });
    this.#applicationSetController = new ApplicationSetController({
      ...common,
      requeue: () => Infinity,
    });
  }

  static async create(files: Record<string, string>): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'fleet-world-'));
    const git = await seedRepository({
      directory,
      owner: 'acme',
      name: 'fleet',
      commits: [
        {
          changes: new Map(Object.entries(files)),
          message: 'Begin\n',
          author: AUTHOR,
          date: START,
        },
      ],
    });
    const world = new World(git, directory);
    for (const name of ['argocd']) {
      world.store.create(namespaces, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
    world.store.create(appProjects, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'default', namespace: 'argocd' },
      spec: {},
    });
    world.store.watch(applications, {}, ({ type, object }) =>
      world.#note(type, object),
    );
    world.#applicationController.start();
    world.#applicationSetController.start();
    return world;
  }

  addCluster(name: string, labels: Record<string, string> = {}): void {
    this.store.create(secrets, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `cluster-${name}`,
        namespace: 'argocd',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster', ...labels },
      },
      stringData: { name, server: `https://${name}.example` },
    });
  }

  addApplication(
    name: string,
    spec: Record<string, unknown>,
    metadata: Record<string, unknown> = {},
  ): void {
    this.store.create(applications, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd', ...metadata },
      spec,
    });
  }

  application(name: string): any {
    return this.store.find(applications, { name, namespace: 'argocd' });
  }

  async commit(files: Record<string, string | undefined>): Promise<string> {
    const { sha } = await this.git.commitFiles({
      branch: 'main',
      changes: new Map(Object.entries(files)),
      message: 'Change\n',
      author: { ...AUTHOR, date: this.clock.now() },
    });
    return sha;
  }

  /** Lets so many seconds pass. */
  async pass(seconds: number): Promise<void> {
    const queues = [
      this.#applicationController.queue,
      this.#applicationSetController.queue,
    ];
    await this.clock.advanceTo(
      new Date(this.clock.now().getTime() + seconds * 1000),
      async () => {
        while (queues.some(queue => !queue.isIdle)) {
          for (const queue of queues) await queue.idle();
        }
      },
    );
  }

  /** Ends everything. Throws the first error that a controller met. */
  close(): void {
    this.#applicationController.stop();
    this.#applicationSetController.stop();
    for (const stop of this.#stops) stop();
    this.git.close();
    rmSync(this.directory, { recursive: true, force: true });
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  #note(type: string, { metadata, status }: KubernetesObject) {
    const states = this.seen.get(metadata.name) ?? [];
    this.seen.set(metadata.name, states);
    const state =
      type === 'DELETED'
        ? 'deleted'
        : `${status?.sync?.status || '-'}/${status?.health?.status ?? '-'}/${
            status?.operationState?.phase ?? '-'
          }`;
    if (states[states.length - 1] !== state) states.push(state);
  }
}
