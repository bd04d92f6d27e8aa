import type { Entity } from '@backstage/catalog-model';
import type { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  applications,
  applicationSets,
  appProjects,
  namespaces,
  secrets,
} from '@backstage-fleet/dev-hub';
import { evaluateRepository } from '@backstage-fleet/plugin-fleet-gitops';
import { parseAllDocuments } from 'yaml';
import { exampleRepository } from '../../__testUtils__/exampleRepository';
import { TestGitHost } from '../../__testUtils__/gitHost';
import { FleetBackend } from './fleetBackend';
import { TestHub } from './testHub';

/** Stands in every place of a cluster Secret from which credentials could leak. */
export const CREDENTIALS = 'super-secret-bearer-token';

/** Waits until something is true, looking again for at most some seconds. */
export async function until<T>(
  what: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** The backend against a Kubernetes API and a Git host, both over HTTP, with the example fleet on them. */
export class FleetHarness {
  readonly #hub = new TestHub();
  readonly store = this.#hub.store;
  readonly faults = this.#hub.faults;
  git!: TestGitHost;
  #backend!: FleetBackend;

  static async start(
    options: {
      permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
      entities?: Entity[];
    } = {},
  ): Promise<FleetHarness> {
    const harness = new FleetHarness();
    harness.git = await TestGitHost.start({
      files: new Map([['README.md', '']]),
    });
    await harness.git.commit(exampleRepository(harness.git.url));
    await harness.#fill();
    await harness.listen();
    await harness.#startBackend(options);
    return harness;
  }

  get revisions(): number[] {
    return this.#backend.revisions;
  }

  get logs(): string[] {
    return this.#backend.logs;
  }

  /** Requests to the hub. */
  get requests(): number {
    return this.#hub.requests;
  }

  /** The hub comes up, on the same port as before. */
  listen(): Promise<void> {
    return this.#hub.listen();
  }

  /** The hub's process ends. */
  kill(): Promise<void> {
    return this.#hub.kill();
  }

  get(path: string, headers?: Record<string, string>) {
    return this.#backend.get(path, headers);
  }

  post(path: string, body: object) {
    return this.#backend.post(path, body);
  }

  async hubStatus(): Promise<string> {
    const { body } = await this.get('/hubs');
    return body.items[0].freshness.status;
  }

  /** Puts an Application's status into the hub, as its controller does. */
  report(name: string, status: object) {
    this.store.mergePatch(
      applications,
      { namespace: 'argocd', name },
      { status },
    );
  }

  /** An Application goes, as when its controller has removed the finalizer. */
  remove(name: string) {
    const key = { namespace: 'argocd', name };
    this.store.mergePatch(applications, key, {
      metadata: { finalizers: null },
    });
    this.store.remove(applications, key);
  }

  async stop(): Promise<void> {
    await this.#backend.stop();
    await this.kill();
    await this.git.stop();
  }

  async #fill() {
    const { store } = this;
    store.create(namespaces, { metadata: { name: 'argocd' } } as any);
    const sha = (await this.git.git.resolve('main'))!;
    const files = await this.git.files();
    for (const [path, text] of files) {
      if (!/^(clusters|applicationsets|projects)\//.test(path)) continue;
      for (const document of parseAllDocuments(text)) {
        const object = document.toJS();
        if (object.kind === 'AppProject') store.create(appProjects, object);
        if (object.kind === 'ApplicationSet') {
          store.create(applicationSets, object);
        }
        if (object.kind === 'Secret')
          store.create(secrets, withSecrets(object));
      }
    }
    const { applicationSets: evaluated } = evaluateRepository(
      { url: this.git.url, sha, files },
      { clusters: [], repositories: () => undefined },
      { branch: 'main' },
    );
    for (const { declared, evaluation } of evaluated) {
      if (evaluation.status !== 'ok') throw new Error(evaluation.message);
      for (const { application } of evaluation.applications) {
        const service = application.metadata.labels!['fleet/service'];
        store.create(applications, {
          ...application,
          metadata: {
            ...application.metadata,
            ownerReferences: [
              {
                apiVersion: 'argoproj.io/v1alpha1',
                kind: 'ApplicationSet',
                name: declared.object.metadata.name,
                uid: 'set',
                controller: true,
              },
            ],
          },
          status: {
            health: {
              status: 'Healthy',
              lastTransitionTime: '2026-01-01T00:00:00Z',
            },
            sync: { status: 'Synced', revision: sha },
            summary: { images: [`registry.example/${service}:0.0.1`] },
          },
        });
      }
    }
  }

  async #startBackend(options: Parameters<typeof FleetHarness.start>[0] = {}) {
    const { origin, host } = new URL(this.git.url);
    this.#backend = await FleetBackend.start({
      ...options,
      integrations: {
        github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: 'writer' }],
      },
      fleet: {
        hubs: [
          {
            id: 'hub',
            title: 'Hub',
            ...this.#hub.connection,
            argocdUrl: 'http://argocd.example/',
          },
        ],
        repositories: [
          { id: 'gitops', url: this.git.url, hubs: ['hub'], pollSeconds: 1 },
        ],
      },
    });
  }
}

/** The Secret as a careless person has it: with credentials in its data and in the annotation of `kubectl apply`. */
function withSecrets(secret: any) {
  const config = JSON.stringify({ bearerToken: CREDENTIALS });
  return {
    ...secret,
    metadata: {
      ...secret.metadata,
      annotations: {
        ...secret.metadata.annotations,
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
          stringData: { config },
        }),
      },
    },
    stringData: { ...secret.stringData, config },
  };
}
