import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
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

  function columns(output: string): string[][] {
    return output
      .trim()
      .split('\n')
      .map(line => line.split(/\s{2,}/));
  }

  it('gets applications with their sync and health columns', async () => {
    const { output, errors } = await kubectl(['get', 'applications', '-A']);
    expect(errors).toBe('');
    expect(columns(output)).toEqual([
      ['NAMESPACE', 'NAME', 'SYNC STATUS', 'HEALTH STATUS'],
      ['argocd', 'orders', 'Synced', 'Healthy'],
      ['argocd', 'payments', 'Synced', 'Healthy'],
    ]);
    const wide = await kubectl(['get', 'apps', '-n', 'argocd', '-o', 'wide']);
    expect(columns(wide.output)[1]).toEqual([
      'orders',
      'Synced',
      'Healthy',
      '0123abc',
      'services',
    ]);
  });

  it('prints YAML and JSON, selects by label and describes', async () => {
    const yaml = await kubectl(
      ['get', 'application', 'payments', '-n', 'argocd', '-o', 'yaml'],
      { token: 'reader' },
    );
    expect(parse(yaml.output)).toEqual(
      store.get(applications, { namespace: 'argocd', name: 'payments' }),
    );
    const selected = await kubectl([
      'get',
      'applications',
      '-A',
      '-l',
      'environment=staging',
    ]);
    expect(selected.errors).toBe('No resources found\n');
    const described = await kubectl([
      'describe',
      'application',
      'payments',
      '-n',
      'argocd',
    ]);
    expect(described.code).toBe(0);
    expect(described.output).toMatch(/Name: +payments\n/);
    expect(described.output).toMatch(/Project: +services\n/);
  });

  it('labels, annotates, patches, applies and deletes', async () => {
    const key = { namespace: 'argocd', name: 'payments' };
    const target = ['application', 'payments', '-n', 'argocd'];
    await kubectl(['label', ...target, 'tier=gold', 'environment-']);
    await kubectl(['annotate', ...target, 'argocd.argoproj.io/refresh=normal']);
    await kubectl([
      'patch',
      ...target,
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/project","value":"other"}]',
    ]);
    expect(store.get(applications, key)).toMatchObject({
      metadata: {
        labels: { tier: 'gold' },
        annotations: { 'argocd.argoproj.io/refresh': 'normal' },
        generation: 2,
      },
      spec: { project: 'other' },
    });

    const manifest = stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      ...application('shipping'),
    });
    const applied = () =>
      kubectl(['apply', '--validate=false', '-f', '-'], { input: manifest });
    expect((await applied()).output).toBe(
      'application.argoproj.io/shipping created\n',
    );
    expect((await applied()).output).toBe(
      'application.argoproj.io/shipping unchanged\n',
    );

    const secret = await kubectl(['apply', '--validate=false', '-f', '-'], {
      input: [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments' } },
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'spoke', namespace: 'payments' },
          stringData: { name: 'spoke' },
        },
      ]
        .map(object => stringify(object))
        .join('---\n'),
    });
    expect(secret.output).toBe(
      'namespace/payments created\nsecret/spoke created\n',
    );
    const described = await kubectl([
      'describe',
      'secret',
      'spoke',
      '-n',
      'payments',
    ]);
    expect(described.output).toMatch(/name: +5 bytes/);

    const deleted = await kubectl(['delete', ...target, '--wait']);
    expect(deleted.output).toMatch(/"payments" deleted/);
    expect(store.find(applications, key)).toBeUndefined();
  });

  it('watches', async () => {
    const child = spawn(
      'kubectl',
      kubectlArguments('reader', ['get', 'applications', '-n', 'argocd', '-w']),
      { env: { ...process.env, HOME: home } },
    );
    let output = '';
    const seen = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const check = () => output.includes(text) && resolve();
        child.stdout.on('data', check);
        child.on('exit', () => reject(new Error(`kubectl ended: ${output}`)));
        check();
      });
    child.stdout.on('data', data => {
      output += data;
    });
    try {
      await seen('payments');
      store.mergePatch(
        applications,
        { namespace: 'argocd', name: 'payments' },
        { status: { health: { status: 'Degraded' } } },
      );
      await seen('Degraded');
      expect(columns(output)).toEqual([
        ['NAME', 'SYNC STATUS', 'HEALTH STATUS'],
        ['orders', 'Synced', 'Healthy'],
        ['payments', 'Synced', 'Healthy'],
        ['payments', 'Synced', 'Degraded'],
      ]);
    } finally {
      child.removeAllListeners('exit');
      child.kill();
    }
  });

  it('says what a reader may not do, and that a token is wrong', async () => {
    const refused = await kubectl(
      ['delete', 'application', 'payments', '-n', 'argocd'],
      { token: 'reader' },
    );
    expect(refused.code).not.toBe(0);
    expect(refused.errors).toContain(
      'applications.argoproj.io "payments" is forbidden: User "reader" cannot delete resource "applications" in API group "argoproj.io" in the namespace "argocd"',
    );
    const unknown = await kubectl(['get', 'ns'], { token: 'nobody' });
    expect(unknown.errors).toMatch(/Unauthorized|must be logged in/);
  });

  it('lists what is served', async () => {
    const { output } = await kubectl(['api-resources', '--no-headers']);
    expect(columns(output).map(([name]) => name)).toEqual([
      'configmaps',
      'events',
      'namespaces',
      'secrets',
      'applications',
      'applicationsets',
      'appprojects',
    ]);
  });
});
