import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectStore, applications, namespaces } from '../objects';
import { adminRules, readerRules } from './access';
import { createKubernetesApi } from './createKubernetesApi';
import { listen, type Listening } from './testing/listen';

const installed =
  spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status ===
  0;
const describeWithKubectl = installed ? describe : describe.skip;

function application(name: string) {
  return {
    metadata: { name, namespace: 'argocd', labels: { environment: 'prod' } },
    spec: {
      project: 'services',
      source: { repoURL: 'https://git.example.com/fleet.git', path: name },
      destination: { name: 'spoke', namespace: name },
    },
    status: {
      sync: { status: 'Synced', revision: '0123abc' },
      health: { status: 'Healthy' },
    },
  };
}

describeWithKubectl('kubectl against the API', () => {
  let store: ObjectStore;
  let server: Listening;
  let home: string;

  function kubectlArguments(token: string, args: string[]): string[] {
    return [
      '--server',
      `https://127.0.0.1:${server.port}`,
      '--insecure-skip-tls-verify',
      '--token',
      token,
      '--kubeconfig',
      '/dev/null',
      '--cache-dir',
      home,
      ...args,
    ];
  }

  function kubectl(
    args: string[],
    { token = 'admin', input }: { token?: string; input?: string } = {},
  ): Promise<{ output: string; errors: string; code: number }> {
    return new Promise(resolve => {
      const child = execFile(
        'kubectl',
        kubectlArguments(token, args),
        { env: { ...process.env, HOME: home } },
        (error, output, errors) =>
          resolve({ output, errors, code: error ? Number(error.code) : 0 }),
      );
      child.stdin?.end(input ?? '');
    });
  }

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'dev-hub-kubectl-'));
    store = new ObjectStore();
    store.create(namespaces, { metadata: { name: 'argocd' } });
    store.create(applications, application('payments'));
    store.create(applications, application('orders'));
    server = await listen(
      createKubernetesApi({
        store,
        tokens: [
          { token: 'admin', name: 'admin', rules: adminRules },
          { token: 'reader', name: 'reader', rules: readerRules },
        ],
      }),
    );
  });

  afterEach(async () => {
    await server.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('gets applications with their sync and health columns', async () => {
    const { output, errors } = await kubectl(['get', 'applications', '-A']);
    expect(errors).toBe('');
    const lines = output
      .trim()
      .split('\n')
      .map(line => line.split(/\s{2,}/));
    expect(lines).toEqual([
      ['NAMESPACE', 'NAME', 'SYNC STATUS', 'HEALTH STATUS'],
      ['argocd', 'orders', 'Synced', 'Healthy'],
      ['argocd', 'payments', 'Synced', 'Healthy'],
    ]);
  });
});
