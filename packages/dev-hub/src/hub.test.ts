import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedHub, startEmbeddedHub } from './hub';
import { applications, secrets } from './objects';

const EXAMPLE = join(__dirname, '../../../examples/hub-and-spoke');
const TOKEN = 'token-of-the-test';

const application = (name: string, path: string, namespace = 'argocd') => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source:
    repoURL: http://localhost:7101/acme/edge-gitops
    path: ${path}
    targetRevision: main
    directory: { recurse: true }
  destination: { name: in-cluster, namespace: ${namespace} }
  syncPolicy: { automated: { prune: true, selfHeal: true } }
`;

const SENSOR = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: sensor }
spec:
  replicas: 1
  template: { spec: { containers: [{ name: sensor, image: 'registry.example/sensor:1.0.0' }] } }
`;

const HUBS = `
repositories:
  - { name: fleet-gitops, folder: repository, history: history.yaml }
  - { name: edge-gitops, folder: edge }
sources:
  - { name: payments, tags: [v1.4.0, v1.5.0] }
hubs:
  - name: hub
    bootstrap: { repository: fleet-gitops, path: bootstrap }
    provisioners: [cluster-api, crossplane, kro]
  - name: edge
    bootstrap: { repository: edge-gitops, path: bootstrap }
`;

/** The example, and a second, standalone hub of app-of-apps. */
function twoHubs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-example-'));
  cpSync(EXAMPLE, folder, { recursive: true });
  const write = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('hubs.yaml', HUBS);
  write('edge/bootstrap/root.yaml', application('root', 'apps'));
  write('edge/apps/sensor.yaml', application('sensor', 'sensor', 'shop'));
  write('edge/sensor/deployment.yaml', SENSOR);
  return folder;
}

async function until<T>(what: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = Date.now() + 40_000;
  for (;;) {
    const value = await what();
    if (value) return value as NonNullable<T>;
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('the embedded hub', () => {
  let folder: string;
  let hub: EmbeddedHub;
  const errors: string[] = [];

  jest.setTimeout(90_000);

  beforeAll(async () => {
    folder = twoHubs();
    hub = await startEmbeddedHub({
      example: folder,
      kubernetesPort: 0,
      argocdPort: 0,
      gitPort: 0,
      controlPort: 0,
      hubToken: TOKEN,
      gitToken: 'git-token',
      timings: { compare: 10, sync: () => 50, refresh: () => 60_000 },
      provisioningTimings: {
        react: 10,
        infrastructure: 100,
        controlPlane: 100,
        machine: 50,
        teardown: 20,
      },
      podStartMilliseconds: () => 50,
      onError: (what, error) => errors.push(`${what}: ${error}`),
    });
  });

  afterAll(async () => {
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const find = (index: number, name: string) =>
    hub.hubs[index].store.find(applications, { namespace: 'argocd', name });
  const state = (index: number, name: string) => {
    const { sync, health } = find(index, name)?.status ?? ({} as any);
    return `${sync?.status}/${health?.status}`;
  };
  const kubernetes = (index: number, path: string) =>
    fetch(hub.hubs[index].kubernetesUrl + path, {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });

  it('runs each hub by its own repository: hub-and-spoke, and standalone with an app of apps', () => {
    expect(hub.hubs.map(({ name }) => name)).toEqual(['hub', 'edge']);
    expect(state(0, 'claims')).toBe('Synced/Healthy');
    expect(state(1, 'root')).toBe('Synced/Healthy');
    expect(state(1, 'sensor')).toBe('Synced/Healthy');
    expect((find(1, 'sensor') as any).status.summary.images).toEqual([
      'registry.example/sensor:1.0.0',
    ]);
    expect(find(0, 'sensor')).toBeUndefined();
    expect(find(1, 'payments-spoke-eu-west-1-prod')).toBeUndefined();
  });

  it('has the releases of a service that no hub follows', async () => {
    const read = async (path: string) => {
      const url = `${hub.gitUrl}/api/v3/repos/acme/payments/${path}`;
      const response = await fetch(url, {
        headers: { Authorization: 'Bearer git-token' },
      });
      return response.json() as Promise<any>;
    };
    const tags = await read('tags');
    expect(tags.map(({ name }: any) => name)).toEqual(['v1.5.0', 'v1.4.0']);
    const { commit, files } = await read(`commits/${tags[0].commit.sha}`);
    expect(commit.message).toBe('Release v1.5.0\n');
    expect(files.map(({ filename }: any) => filename)).toEqual([
      'CHANGELOG.md',
    ]);
    expect(hub.repositoryUrls).toHaveLength(2);
  });

  it('has made the clusters of the claims, and serves their kinds', async () => {
    const paths = [
      '/apis/cluster.x-k8s.io/v1beta1/clusters',
      '/apis/cluster.x-k8s.io/v1beta2/clusters',
      '/apis/platform.acme.example/v1alpha1/eksclusters',
      '/apis/platform.acme.example/v1/spokeclusters',
      '/apis/kro.run/v1alpha1/eksclusters',
    ];
    for (const path of paths) {
      const response = await kubernetes(0, path);
      expect([path, response.status]).toEqual([path, 200]);
      const { items } = (await response.json()) as any;
      expect(items.length).toBeGreaterThan(0);
      for (const { status } of items) {
        const ready = status.conditions.find(
          ({ type }: any) => type === 'Ready' || type === 'Available',
        );
        expect([path, ready?.status]).toEqual([path, 'True']);
      }
    }
    expect((await kubernetes(1, paths[0])).status).toBe(404);
  });

  it('makes a cluster from a commit: claimed, unreachable, ready, deployed to', async () => {
    const { git } = hub.git.repository('acme', 'fleet-gitops')!;
    const { files } = await git.snapshot((await git.resolve('main'))!);
    const rename = (text: string) =>
      text.split('spoke-eu-west-1-prod').join('spoke-new');
    await git.commitFiles({
      branch: 'main',
      changes: new Map([
        [
          'claims/spoke-new.yaml',
          rename(files.get('claims/spoke-eu-west-1-prod.yaml')!),
        ],
        [
          'clusters/spoke-new.yaml',
          rename(files.get('clusters/spoke-eu-west-1-prod.yaml')!).replace(
            /\n {2}server: .*/,
            '',
          ),
        ],
      ]),
      message: 'Add spoke-new\n',
      author: { name: 'Ada', email: 'ada@acme.example', date: new Date() },
    });
    const seen = new Set<string>();
    await until(() => {
      seen.add(state(0, 'payments-spoke-new'));
      return state(0, 'payments-spoke-new') === 'Synced/Healthy';
    });
    expect(
      Buffer.from(
        hub.store.find(secrets, { namespace: 'argocd', name: 'spoke-new' })!
          .data!.server,
        'base64',
      ).toString(),
    ).toBe('https://spoke-new.clusters.acme.example:6443');
  });

  it('breaks one hub and mends it over the control port', async () => {
    const post = (body: object) =>
      fetch(`${hub.controlUrl}/__hub/faults`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
    await post({ hub: 'edge', kind: 'down' });
    await expect(kubernetes(1, '/version')).rejects.toThrow('fetch failed');
    await expect(fetch(`${hub.hubs[1].argocdUrl}/api/version`)).rejects.toThrow(
      'fetch failed',
    );
    expect((await kubernetes(0, '/version')).status).toBe(200);

    const mended = await fetch(`${hub.controlUrl}/__hub/faults?hub=edge`, {
      method: 'DELETE',
    });
    expect(((await mended.json()) as any).hubs[1]).toMatchObject({
      name: 'edge',
      faults: [],
    });
    expect((await kubernetes(1, '/version')).status).toBe(200);

    const unknown = await post({ hub: 'nowhere', kind: 'down' });
    expect([unknown.status, await unknown.json()]).toEqual([
      400,
      { error: 'hub must be one of hub, edge' },
    ]);
    expect((await post({ kind: 'sad' })).status).toBe(400);
  });

  it('cuts a spoke off: its Applications stay as they were, and a sync fails', async () => {
    const name = 'accounts-spoke-us-east-1-prod';
    const before = state(0, name);
    const cut = (reachable: boolean) =>
      fetch(`${hub.controlUrl}/__hub/clusters`, {
        method: 'POST',
        body: JSON.stringify({
          hub: 'hub',
          cluster: 'spoke-us-east-1-prod',
          reachable,
        }),
      });
    await cut(false);
    const argocd = (path: string, init?: RequestInit) =>
      fetch(`${hub.argocdUrl}/api/v1${path}`, {
        ...init,
        headers: {
          Authorization: `Bearer ${TOKEN}`,
          'Content-Type': 'application/json',
        },
      });
    const cluster = (await (
      await argocd('/clusters/spoke-us-east-1-prod?id.type=name')
    ).json()) as any;
    expect(cluster.connectionState).toMatchObject({
      status: 'Failed',
      message: expect.stringContaining('no such host'),
    });
    const synced = await argocd(`/applications/${name}/sync`, {
      method: 'POST',
      body: JSON.stringify({}),
    });
    expect(synced.status).toBe(200);
    await until(
      () => (find(0, name) as any).status.operationState?.phase === 'Failed',
    );
    expect(state(0, name)).toBe(before);
    await cut(true);
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
