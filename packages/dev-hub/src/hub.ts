import { mkdtempSync, rmSync } from 'fs';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import express from 'express';
import { parseAllDocuments } from 'yaml';
import { createArgocdPages } from './argocd';
import { ReplayClock } from './clock';
import {
  ApplicationController,
  ApplicationSetController,
  IN_CLUSTER_SERVER,
  REALISTIC_TIMINGS,
  REQUEUE_MILLISECONDS,
  type ApplicationTimings,
} from './controllers';
import {
  createFaultsHandler as createGitFaultsHandler,
  createGitHost,
} from './github';
import {
  adminRules,
  createFaultsHandler,
  createKubernetesApi,
  createPlainAndTlsServer,
  FaultPlan,
} from './kubernetes';
import {
  applications,
  appProjects,
  namespaces,
  ObjectStore,
  startGarbageCollector,
  startNamespaceController,
} from './objects';
import { Repositories } from './repo';
import { authorsOf, readExample, replay } from './seed';
import { Clusters, HubCluster } from './spokes';

const ORGANIZATION = 'acme';
const REPOSITORY = 'fleet-gitops';

export interface EmbeddedHubOptions {
  /** Folder of an example: `repository/` and `history.yaml`. */
  example: string;
  /** Ports; 0 takes any free one. */
  kubernetesPort: number;
  gitPort: number;
  argocdPort: number;
  controlPort?: number;
  hubToken: string;
  gitToken: string;
  /** Where bare repositories live. Default: a temporary folder, deleted at the end. */
  dataDirectory?: string;
  timings?: ApplicationTimings;
  /** How long a pod takes to start, in milliseconds. */
  podStartMilliseconds?: () => number;
  /** Branches that only pull requests may change. */
  protectedBranches?: Record<string, { kind: 'protection' | 'ruleset' }>;
  onError?: (what: string, error: unknown) => void;
}

export interface EmbeddedHub {
  kubernetesUrl: string;
  gitUrl: string;
  argocdUrl: string;
  controlUrl?: string;
  /** URL of the GitOps repository. */
  repositoryUrl: string;
  store: ObjectStore;
  faults: FaultPlan;
  git: Awaited<ReturnType<typeof createGitHost>>;
  stop(): Promise<void>;
}

/** Starts the whole hub: Git host, Kubernetes API, controllers, spokes; resolves when its history has been replayed. */
export async function startEmbeddedHub(
  options: EmbeddedHubOptions,
): Promise<EmbeddedHub> {
  const directory =
    options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'fleet-hub-'));
  const servers: Server[] = [];
  const onError = options.onError ?? (() => {});

  const listen = async (server: Server, port: number): Promise<string> => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    servers.push(server);
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  };

  // The Git host's address stands in the example's files, so its port must be known before they are written.
  const gitApp = express();
  const gitUrl = await listen(createServer(gitApp), options.gitPort);
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
    users: authorsOf(example.commits),
    repositories: [
      {
        owner: ORGANIZATION,
        name: REPOSITORY,
        description: 'Which service runs on which cluster, in which version',
        protectedBranches: options.protectedBranches,
        commits: example.commits.map(commit => ({
          changes: commit.changes,
          message: commit.message,
          author: commit.author,
          date: new Date(started - commit.ago),
        })),
      },
    ],
  });
  gitApp.use(git.app);

  const repositoryUrl = `${gitUrl}/${ORGANIZATION}/${REPOSITORY}`;
  const repositories = new Repositories();
  repositories.add(
    repositoryUrl,
    git.repository(ORGANIZATION, REPOSITORY)!.git,
  );

  const begin = started - (example.commits[0]?.ago ?? 0) - 3600_000;
  const clock = new ReplayClock(new Date(begin));
  const store = new ObjectStore({
    clock: { now: () => clock.now().getTime() },
  });
  const clusters = new Clusters({
    clock,
    known: { [IN_CLUSTER_SERVER]: new HubCluster(store) },
    podStartMilliseconds: options.podStartMilliseconds,
  });
  const { refresh, ...timings } = options.timings ?? REALISTIC_TIMINGS;
  // Two months of routine looks at an unchanged repository would change nothing.
  const whenLive = (milliseconds: () => number) => () =>
    clock.isLive ? milliseconds() : Infinity;
  const applicationController = new ApplicationController({
    store,
    repositories,
    clusters,
    clock,
    timings: { ...timings, refresh: whenLive(refresh) },
    onError: (key, error) => onError(`Application ${key}`, error),
  });
  const applicationSetController = new ApplicationSetController({
    store,
    repositories,
    clock,
    requeue: whenLive(() => REQUEUE_MILLISECONDS),
    onError: (key, error) => onError(`ApplicationSet ${key}`, error),
  });

  const stopObjectControllers = [
    startGarbageCollector(store),
    startNamespaceController(store),
  ];
  install(store);
  applicationController.start();
  applicationSetController.start();
  for (const text of example.bootstrap) {
    for (const document of parseAllDocuments(text)) {
      store.create(applications, document.toJS() as any);
    }
  }
  await replay({
    commits: example.commits,
    started,
    clock,
    store,
    repositories,
    repositoryUrl,
    queues: [applicationController.queue, applicationSetController.queue],
    refresh: () => applicationController.refreshAll(repositoryUrl),
  });
  applicationController.refreshAll();

  const faults = new FaultPlan();
  const kubernetesUrl = await listen(
    createPlainAndTlsServer(
      createKubernetesApi({
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
      }),
    ) as Server,
    options.kubernetesPort,
  );
  const argocdUrl = await listen(
    createServer(createArgocdPages(store)),
    options.argocdPort,
  );
  let controlUrl: string | undefined;
  if (options.controlPort !== undefined) {
    const control = express();
    control.use('/__hub/faults', createFaultsHandler(faults));
    control.use(createGitFaultsHandler(git.faults));
    controlUrl = await listen(createServer(control), options.controlPort);
  }

  return {
    kubernetesUrl,
    gitUrl,
    argocdUrl,
    controlUrl,
    repositoryUrl,
    store,
    faults,
    git,
    async stop() {
      applicationController.stop();
      applicationSetController.stop();
      for (const stop of stopObjectControllers) stop();
      await Promise.all(
        servers.map(
          server =>
            new Promise<void>(resolve => {
              server.close(() => resolve());
              server.closeAllConnections?.();
            }),
        ),
      );
      git.close();
      if (!options.dataDirectory) {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** What an installation of Argo CD brings: its namespace and the default project. */
function install(store: ObjectStore) {
  for (const name of ['default', 'kube-system', 'argocd']) {
    if (!store.find(namespaces, { name })) {
      store.create(namespaces, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      });
    }
  }
  store.create(appProjects, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: 'argocd' },
    spec: {
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
      destinations: [{ namespace: '*', server: '*' }],
      sourceRepos: ['*'],
    },
  });
}
