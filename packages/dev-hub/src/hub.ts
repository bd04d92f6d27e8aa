import { mkdtempSync, rmSync } from 'fs';
import { createServer, type Server } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import express from 'express';
import { createArgocdServer } from './argocd';
import { ReplayClock } from './clock';
import { createControlApi } from './control';
import type { ApplicationTimings } from './controllers';
import { createGitHost } from './github';
import { HubInstance } from './hubInstance';
import {
  adminRules,
  createKubernetesApi,
  createPlainAndTlsServer,
  type FaultPlan,
} from './kubernetes';
import type { ObjectStore } from './objects';
import { Listeners, portOf } from './ports';
import type { ProvisioningTimings } from './provisioning';
import { Repositories } from './repo';
import type { Clusters } from './spokes';
import {
  authorsOf,
  type ExampleRepository,
  readExample,
  releaseHistory,
  replay,
} from './seed';

const ORGANIZATION = 'acme';

export interface EmbeddedHubOptions {
  /** Folder of an example: `hubs.yaml`, or `repository/` and `history.yaml` for one hub. */
  example: string;
  /** Ports of the first hub; 0 takes any free one. Each further hub takes the ports ten further on. */
  kubernetesPort: number;
  argocdPort: number;
  gitPort: number;
  controlPort?: number;
  /** Opens the Kubernetes API and Argo CD's API of every hub. */
  hubToken: string;
  gitToken: string;
  /** Where bare repositories live. Default: a temporary folder, deleted at the end. */
  dataDirectory?: string;
  timings?: ApplicationTimings;
  provisioningTimings?: ProvisioningTimings;
  /** How long a pod takes to start, in milliseconds. */
  podStartMilliseconds?: () => number;
  /** Branches of every repository that only pull requests may change. */
  protectedBranches?: Record<string, { kind: 'protection' | 'ruleset' }>;
  onError?: (what: string, error: unknown) => void;
}

/** A hub that can be reached. */
export interface RunningHub {
  name: string;
  kubernetesUrl: string;
  argocdUrl: string;
  store: ObjectStore;
  faults: FaultPlan;
  /** The clusters that its Applications go to. */
  clusters: Clusters;
}

/** The first hub, the others, and the Git host that all follow. */
export interface EmbeddedHub extends RunningHub {
  hubs: RunningHub[];
  gitUrl: string;
  controlUrl?: string;
  /** URL of the first GitOps repository. */
  repositoryUrl: string;
  repositoryUrls: string[];
  git: Awaited<ReturnType<typeof createGitHost>>;
  stop(): Promise<void>;
}

/** Starts everything: Git host, and of each hub Kubernetes API, controllers, spokes; resolves when history was replayed. */
export async function startEmbeddedHub(
  options: EmbeddedHubOptions,
): Promise<EmbeddedHub> {
  const directory =
    options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'fleet-hub-'));
  const listeners = new Listeners();

  // The Git host's address stands in the example's files, so its port must be known before they are written.
  const gitApp = express();
  const gitUrl = await listeners.listen(createServer(gitApp), options.gitPort);
  const started = Date.now();
  const example = readExample(options.example, gitUrl);
  const git = await createGitHost({
    root: directory,
    tokens: [
      {
        token: options.gitToken,
        user: { login: 'fleet-bot', name: 'Fleet' },
        access: 'admin',
      },
    ],
    users: authorsOf(example.repositories.flatMap(({ commits }) => commits)),
    repositories: [
      ...example.repositories.map(repository =>
        hosted(repository, started, options.protectedBranches),
      ),
      ...example.sources.map(source => ({
        owner: ORGANIZATION,
        name: source.name,
        description: source.description,
        commits: releaseHistory(source, started),
      })),
    ],
  });
  gitApp.use(git.app);

  const repositories = new Repositories();
  const history = example.repositories.map(({ name, commits }) => {
    const url = `${gitUrl}/${ORGANIZATION}/${name}`;
    repositories.add(url, git.repository(ORGANIZATION, name)!.git);
    return { url, commits };
  });
  // Argo CD of this fleet may read whatever is at this host.
  git.onCreated(({ fullName, git: repository }) =>
    repositories.add(`${gitUrl}/${fullName}`, repository),
  );
  const oldest = Math.max(
    ...history.flatMap(({ commits }) => commits.map(({ ago }) => ago)),
  );
  const clock = new ReplayClock(new Date(started - oldest - 3600_000));
  const instances = example.hubs.map(hub => {
    const instance = new HubInstance({
      ...options,
      ...hub,
      clock,
      repositories,
      onError: options.onError ?? (() => {}),
    });
    instance.start(hub.rootApplications);
    return instance;
  });
  await replay({
    started,
    clock,
    repositories,
    history,
    hubs: instances.map(instance => ({
      store: instance.store,
      queues: instance.queues,
      refresh: url => instance.refresh(url),
    })),
  });
  for (const instance of instances) instance.refresh();

  const hubs: RunningHub[] = [];
  for (const [index, instance] of instances.entries()) {
    hubs.push(await open(instance, index, options, listeners));
  }
  const controlUrl =
    options.controlPort === undefined
      ? undefined
      : await listeners.listen(
          createServer(createControlApi({ hubs, gitFaults: git.faults })),
          options.controlPort,
        );

  return {
    ...hubs[0],
    hubs,
    gitUrl,
    controlUrl,
    repositoryUrl: history[0].url,
    repositoryUrls: history.map(({ url }) => url),
    git,
    async stop() {
      for (const instance of instances) instance.stop();
      await listeners.close();
      git.close();
      if (!options.dataDirectory) {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

function hosted(
  { name, description, commits }: ExampleRepository,
  started: number,
  protectedBranches: EmbeddedHubOptions['protectedBranches'],
) {
  return {
    owner: ORGANIZATION,
    name,
    description,
    protectedBranches,
    commits: commits.map(commit => ({
      changes: commit.changes,
      message: commit.message,
      author: commit.author,
      date: new Date(started - commit.ago),
    })),
  };
}

/** Gives a hub its addresses. */
async function open(
  { name, store, faults, clusters }: HubInstance,
  index: number,
  options: EmbeddedHubOptions,
  listeners: Listeners,
): Promise<RunningHub> {
  const kubernetesApi = createKubernetesApi({
    store,
    faults,
    tokens: [
      {
        token: options.hubToken,
        name: 'system:serviceaccount:argocd:backstage-fleet',
        groups: ['system:serviceaccounts', 'system:authenticated'],
        rules: adminRules,
      },
    ],
  });
  return {
    name,
    store,
    faults,
    clusters,
    kubernetesUrl: await listeners.listen(
      createPlainAndTlsServer(kubernetesApi) as Server,
      portOf(options.kubernetesPort, index),
    ),
    argocdUrl: await listeners.listen(
      createServer(
        createArgocdServer({
          store,
          faults,
          clusters,
          accounts: [{ token: options.hubToken, name: 'backstage-fleet' }],
        }),
      ),
      portOf(options.argocdPort, index),
    ),
  };
}
