import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';

// The repository is served by Git processes.
jest.setTimeout(60_000);

const staging = 'spoke-us-east-1-staging';
const CHART = 'apiVersion: v2\nname: ledgerd\nversion: 0.1.0\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n';
const token = ['gh', 'p_', 'a1B2c3D4e5F6'.repeat(3)].join('');
const key = ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('');

/** A new service whose chart has these files. */
const withFiles = (files: Record<string, string>, path?: string) => ({
  kind: 'service.onboard',
  parameters: {
    service: 'ledgerd',
    clusters: [staging],
    ...(path === undefined ? {} : { path }),
    files: { 'Chart.yaml': CHART, ...files },
  },
});

const created = (parameters: object, more: object = {}) => ({
  kind: 'cluster.create',
  parameters: {
    blueprint: 'kro-eks',
    cluster: 'spoke-new',
    parameters: {
      region: 'us-east-1',
      environment: 'staging',
      kubernetesVersion: '1.33',
      ...parameters,
    },
    ...more,
  },
});

const annotated = (note: string) => ({
  kind: 'cluster.annotate',
  parameters: { cluster: staging, annotations: { note } },
});

const CASES: Array<[string, object, RegExp]> = [
  [
    'a Secret with data',
    withFiles({
      'templates/db.yaml': `${SECRET}data: {password: aHVudGVyMg==}\n`,
    }),
    /guard secret-content/,
  ],
  [
    'a Secret with plain data',
    withFiles({
      'templates/db.yaml': `${SECRET}stringData:\n  password: hunter2\n`,
    }),
    /content of Secret `db`.*guard secret-content/,
  ],
  [
    'a Secret in a List',
    withFiles({
      'templates/all.json': JSON.stringify({
        kind: 'List',
        items: [
          {
            kind: 'Secret',
            metadata: { name: 'db' },
            data: { a: 'aHVudGVyMg==' },
          },
        ],
      }),
    }),
    /guard secret-content/,
  ],
  [
    'a Secret behind other documents, with the line breaks of Windows',
    withFiles({
      'templates/all.yaml':
        `kind: ConfigMap\n---\n${SECRET}stringData:\n  password: hunter2\n`.replaceAll(
          '\n',
          '\r\n',
        ),
    }),
    /guard secret-content/,
  ],
  [
    'a Secret that a template of a chart writes',
    withFiles({
      'templates/db.yaml': `kind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  password: hunter2\n`,
    }),
    /guard secret-content/,
  ],
  [
    'a token in a comment of values',
    withFiles({ 'values.yaml': `# ${token}\nreplicas: 1\n` }),
    /values\.yaml:1 has a GitHub token.*guard secret-content/,
  ],
  [
    'a private key in a file that is no YAML',
    withFiles({ 'files/key.txt': `${key}\nMIIE\n` }),
    /guard secret-content/,
  ],
  ['a token in an annotation', annotated(token), /guard secret-content/],
  ['template syntax', annotated('{{ .server }}'), /template syntax/],
  [
    'an expression of the scaffolder',
    annotated('${{ secrets.x }}'),
    /template syntax/,
  ],
  [
    'template syntax in a parameter of a blueprint',
    created({ region: '{{ .x }}' }),
    /parameters\.parameters\.region/,
  ],
  [
    'template syntax in a label of a new cluster',
    created({}, { labels: { team: '{{x}}' } }),
    /parameters\.labels/,
  ],
  [
    'a file of pipelines in a chart',
    withFiles({ '.github/workflows/ci.yaml': 'on: push\n' }),
    /\.github\/workflows\/ci\.yaml: must not lead into/,
  ],
  [
    'who owns the files',
    withFiles({ CODEOWNERS: '* @me\n' }),
    /CODEOWNERS: must not lead into/,
  ],
  [
    'a file out of the chart',
    withFiles({ '../cart/values.yaml': 'a: 1\n' }),
    /must not contain empty segments/,
  ],
  ['an absolute file', withFiles({ '/etc/passwd': 'x\n' }), /must be relative/],
  [
    'a path of Windows',
    withFiles({ '..\\x.yaml': 'a: 1\n' }),
    /must consist of letters/,
  ],
  [
    'a directory out of the layout',
    withFiles({ 'values.yaml': 'a: 1\n' }, 'clusters/ledgerd'),
    /parameters\.path: `clusters\/ledgerd` is not inside `services\/`/,
  ],
  [
    'a directory that is another service\u2019s',
    withFiles({ 'values.yaml': 'a: 1\n' }, 'services/cart'),
    /exists already and is not overwritten/,
  ],
];

describe('what must not be in Git', () => {
  let harness: ChangesHarness;
  beforeAll(async () => {
    harness = await ChangesHarness.start();
    await harness.host.commit(exampleRepository(harness.host.url));
  });
  afterAll(() => harness.stop());

  it.each(CASES)(
    '%s: the host is asked for files and sent none',
    async (_, intent, message) => {
      const { engine, journal } = await harness.replica({
        intents: { parseIntent, applyIntent, planChanges },
      });
      const { host } = harness;
      const before = await host.log();
      host.requests.length = 0;
      for (const mode of ['commit', 'pull-request', 'auto'] as const)
        await expect(engine.create({ intent, mode })).rejects.toThrow(message);
      expect(host.requests.filter(name => !name.startsWith('GET '))).toEqual(
        [],
      );
      expect(await host.log()).toEqual(before);
      expect(await host.pullRequests()).toEqual([]);
      // Nor is it kept elsewhere.
      expect(await journal.list({ limit: 10 })).toEqual([]);
    },
  );

  it('lets the same service pass without them', async () => {
    const { engine } = await harness.replica({
      intents: { parseIntent, applyIntent, planChanges },
    });
    const { change } = await engine.create({
      intent: withFiles({
        'values.yaml': 'image: {tag: 1.0.0}\n',
        'templates/db.yaml': `${SECRET}stringData:\n  password: "{{ .Values.password }}"\n`,
      }),
      mode: 'commit',
    });
    expect(change.state).toBe('merged');
    expect(
      (await harness.host.files()).has('services/ledgerd/templates/db.yaml'),
    ).toBe(true);
  });
});
