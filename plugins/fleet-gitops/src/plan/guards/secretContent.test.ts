import fc from 'fast-check';
import {
  emptyHub as hub,
  shopRepository,
} from '../../layouts/testdata/shopRepository';
import { planChanges } from '../planChanges';

/** Written in pieces, so that no scanner takes this file for a leak. */
const joined = (...parts: string[]) => parts.join('');
const random = (length: number) =>
  'aZ3kQ9xT7mB1vR5nL8pW2cY6dF4gH0jS'.repeat(8).slice(0, length);

function secretGuards(path: string, text: string, before?: string) {
  const files = new Map(shopRepository.files);
  if (before !== undefined) files.set(path, before);
  const { guards } = planChanges({
    repository: { ...shopRepository, files },
    changes: new Map([[path, text]]),
    hub,
    branch: 'main',
    touched: { services: [], clusters: [] },
  });
  return guards.filter(({ id }) => id === 'secret-content');
}

const file = 'services/billing/extra.yaml';

describe('secret-content', () => {
  it.each<[string, string]>([
    ['a private key', joined('-----BEGIN RSA ', 'PRIVATE KEY-----')],
    ['a private key', btoa(joined('-----BEGIN ', 'PRIVATE KEY-----\nMIIE'))],
    ['an AWS access key', joined('AK', 'IAIOSFODNN7ABCDEFG')],
    ['a GitHub token', joined('gh', 'p_', random(36))],
    ['a GitHub token', joined('github', '_pat_', random(40))],
    ['a GitLab token', joined('glp', 'at-', random(20))],
    ['a Slack token', joined('xo', 'xb-123456789012-', random(12))],
    ['a Stripe key', joined('sk_', 'live_', random(24))],
    ['an npm token', joined('npm', '_', random(36))],
    ['a Vault token', joined('hv', 's.', random(24))],
    [
      'a JSON web token',
      joined('ey', 'J', random(16), '.ey', 'J', random(20), '.', random(30)),
    ],
    ['a password in a URL', joined('https://git:', 'hunter22', '@x.example/a')],
  ])('finds %s and does not repeat it', (what, secret) => {
    const [guard, ...rest] = secretGuards(
      file,
      `a: 1\nb: x # ${secret}\nc: 2\n`,
      'a: 1\nc: 2\n',
    );
    expect(rest).toEqual([]);
    expect(guard).toEqual({
      id: 'secret-content',
      level: 'stop',
      overridePermission: 'fleet.change.override',
      message: `Writes secrets to Git: ${file}:2 has ${what}. Keep them in a secret store and refer to them.`,
    });
    expect(guard.message).not.toContain(secret);
  });

  it.each<[string, boolean]>([
    [`dbPassword: ${random(20)}`, true],
    [`"apiToken": "${random(32)}"`, true],
    [`- env: { CLIENT_SECRET: '${random(24)}' }`, true],
    ['password: changeme', false],
    ['password: ""', false],
    ['existingSecret: billing-database-credentials', false],
    ['tokenSecretName: team-a-registry-token-2', false],
    [`password: "{{ .Values.db.password }}${random(12)}"`, false],
    ['password: <path:kv/data/shop#password1234567>', false],
    ['password: ENC[AES256_GCM,data:Zm9vYmFy1234,type:str]', false],
    ['secretKeyRef: vault:secret/data/shop#Passw0rd123', false],
    ['tokenUrl: https://login.example.com/oauth2/v2.0/token', false],
    [`image: registry.example.com/shop@sha256:${'0a1b2c3d'.repeat(8)}`, false],
  ])('%s', (line, isFound) => {
    expect(secretGuards(file, `${line}\n`)).toHaveLength(isFound ? 1 : 0);
  });

  const secret = (body: string, labels = '') =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\n${labels}${body}`;
  const cluster = '  labels:\n    argocd.argoproj.io/secret-type: cluster\n';

  it.each<[string, string, boolean]>([
    ['content in the clear', secret('stringData:\n  user: shop\n'), true],
    ['encoded content', secret('data:\n  user: c2hvcA==\n'), true],
    ['no content', secret('data: {}\n'), false],
    [
      'a placeholder',
      secret('stringData:\n  user: <path:kv/data/shop#user>\n'),
      false,
    ],
    [
      'a cluster without credentials',
      secret(
        'stringData:\n  name: x\n  server: https://x\n  config: \'{"awsAuthConfig":{"clusterName":"x"}}\'\n',
        cluster,
      ),
      false,
    ],
    [
      'a cluster with a certificate alone',
      secret(
        'stringData:\n  name: x\n  config: \'{"tlsClientConfig":{"caData":"eA=="}}\'\n',
        cluster,
      ),
      false,
    ],
    [
      'a cluster with a bearer token',
      secret(
        'stringData:\n  name: x\n  config: \'{"bearerToken":"abc"}\'\n',
        cluster,
      ),
      true,
    ],
    [
      'a cluster with a client key, encoded',
      secret(
        `data:\n  config: ${btoa('{"tlsClientConfig":{"keyData":"eA=="}}')}\n`,
        cluster,
      ),
      true,
    ],
    [
      'content that SOPS encrypted',
      `${secret(
        'stringData:\n  user: ENC[AES256_GCM,data:eA==]\n',
      )}sops:\n  mac: x\n`,
      false,
    ],
    [
      'a Secret in a list',
      'kind: List\nitems:\n- kind: Secret\n  metadata:\n    name: shop\n  stringData:\n    user: x\n',
      true,
    ],
  ])('a Secret with %s', (_case, text, isFound) => {
    const messages = secretGuards(file, text).map(({ message }) =>
      message.slice(0, message.indexOf('. Keep')),
    );
    expect(messages).toEqual(
      isFound
        ? [`Writes secrets to Git: ${file} has the content of Secret \`shop\``]
        : [],
    );
  });

  it('leaves alone what was there before, and what goes', () => {
    const text = secret('stringData:\n  user: shop\n');
    expect(secretGuards(file, `# a comment\n${text}`, text)).toEqual([]);
    expect(secretGuards(file, 'a: 1\n', text)).toEqual([]);
    expect(
      secretGuards(file, text.replace('user: shop', 'user: other'), text),
    ).toHaveLength(1);
  });

  it('never shows a value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+]{16,40}$/), value => {
        const found = secretGuards(file, `password: ${value}\n`);
        expect(JSON.stringify(found)).not.toContain(value);
      }),
      { numRuns: 50 },
    );
  });
});

describe('Secrets that something else writes', () => {
  const template = (data: string) =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\n${data}`;

  it.each<[string, string, string, boolean]>([
    [
      'a template of a chart',
      'services/billing/templates/db.yaml',
      template('stringData:\n  password: hunter2\n'),
      true,
    ],
    [
      'a template behind another object',
      'services/billing/templates/db.yaml',
      `kind: ConfigMap\n---\n${template(
        'data:\n  # base64\n\n  password: aHVudGVyMg==\n',
      )}`,
      true,
    ],
    [
      'a template that prints values',
      'services/billing/templates/db.yaml',
      template(
        'stringData:\n  password: {{ .Values.password | quote }}\n  empty: ""\n',
      ),
      false,
    ],
    [
      'a ConfigMap beside a Secret that prints values',
      'services/billing/templates/db.yaml',
      `${template(
        'data:\n  password: {{ .Values.password }}\n',
      )}---\nkind: ConfigMap\ndata:\n  mode: fast\n`,
      false,
    ],
    [
      'literals of a kustomization',
      'services/billing/kustomization.yaml',
      'secretGenerator:\n  - name: db\n    literals:\n      - password=hunter2\n',
      true,
    ],
    [
      'a kustomization with a file from elsewhere',
      'services/billing/kustomization.yaml',
      'secretGenerator:\n  - name: db\n    files: [decrypted.env]\n',
      false,
    ],
  ])('%s: stopped %#', (_, path, text, stopped) => {
    expect(secretGuards(path, text)).toHaveLength(stopped ? 1 : 0);
  });
});
