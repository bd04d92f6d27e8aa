import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShopRepository, shop } from '../__testUtils__/gitRepository';
import { runFleet } from '../__testUtils__/runFleet';

describe('a checkout', () => {
  let repository: ReturnType<typeof createShopRepository>;

  beforeEach(() => {
    repository = createShopRepository();
  });
  afterEach(() => repository.remove());

  const write = (path: string, text: string) =>
    writeFileSync(join(repository.directory, path), text);

  describe('fleet eval', () => {
    it('lists the Applications of a directory', async () => {
      expect(await runFleet(['eval', shop, '--branch', 'main'])).toEqual({
        code: 0,
        out: [
          'CLUSTER      APPLICATION          NAMESPACE  VERSION  MADE BY',
          'fra-prod     billing-fra-prod     billing    2.3.0    applicationset billing',
          'lon-staging  billing-lon-staging  billing    2.3.0    applicationset billing',
          '',
        ].join('\n'),
        error: '',
      });
    });

    it('reads what is on the disk, not what is committed', async () => {
      write('services/billing/values.yaml', 'image:\n  tag: 3.0.0\n');
      rmSync(join(repository.directory, 'clusters/lon-staging.yaml'));
      write('.gitignore', '/clusters/ignored.yaml\n');
      write('clusters/ignored.yaml', 'a: [\n');
      const { out } = await runFleet(['eval', repository.directory, '--json']);
      const { applications, problems } = JSON.parse(out);
      expect(problems).toEqual([]);
      expect(applications).toEqual([
        expect.objectContaining({
          cluster: 'fra-prod',
          version: '3.0.0',
          applicationSet: 'billing',
          file: 'applicationsets/billing.yaml',
          generator: 'spec.generators[0].clusters',
          application: expect.objectContaining({ kind: 'Application' }),
        }),
      ]);
    });

    it.each([
      [[], ['north', 'south']],
      [['--new-git-file-globbing'], ['north']],
    ])('finds files as the controller does with %j', async (flags, names) => {
      write('clusters/north.json', '{"name": "north"}');
      mkdirSync(join(repository.directory, 'clusters/far'));
      write('clusters/far/south.json', '{"name": "south"}');
      write(
        'applicationsets/agents.yaml',
        `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: agents
spec:
  generators:
    - git:
        repoURL: https://git.example.com/shop/fleet.git
        revision: main
        files:
          - path: clusters/*.json
  template:
    metadata:
      name: '{{name}}'
    spec:
      project: default
      source: {repoURL: https://git.example.com/shop/fleet.git, path: agents, targetRevision: main}
      destination: {name: '{{name}}', namespace: agents}
`,
      );
      const { out } = await runFleet([
        'eval',
        repository.directory,
        '--url',
        'https://git.example.com/shop/fleet.git',
        '--branch',
        'main',
        '--json',
        ...flags,
      ]);
      const { applications } = JSON.parse(out);
      expect(
        applications
          .filter((found: any) => found.applicationSet === 'agents')
          .map((found: any) => found.application.metadata.name)
          .sort(),
      ).toEqual(names);
    });

    it('knows the repository by its remote, whichever the protocol, without its password', async () => {
      const { directory, git } = repository;
      git('remote', 'add', 'origin', 'git@git.example.com:shop/fleet.git');
      const ssh = await runFleet(['eval', directory]);
      expect(ssh.out).toContain('2.3.0');

      git('remote', 'set-url', 'origin', 'https://x:pass@git.example.com/a/b');
      expect(await runFleet(['eval', directory])).toEqual({
        code: 1,
        out: '',
        error:
          'No Application reads from this repository (https://git.example.com/a/b): they name https://git.example.com/shop/fleet.git. Say which of them this is with --url.\n',
      });
    });

    it('fails where an ApplicationSet fails or a file cannot be read', async () => {
      write(
        'applicationsets/broken.yaml',
        'kind: ApplicationSet\nmetadata:\n  name: broken\nspec:\n  goTemplate: true\n  generators:\n  - clusters: {}\n  template:\n    metadata:\n      name: "{{ fail `no name` }}"\n    spec: {}\n',
      );
      write('clusters/new.yaml', 'kind: ApplicationSet\na: [\n');
      write(
        'clusters/template.yaml',
        'kind: ApplicationSet\nmetadata:\n  {{- toYaml .Values.labels }}\n',
      );
      const { code, out, error } = await runFleet([
        'eval',
        repository.directory,
      ]);
      expect(code).toBe(1);
      expect(out).toContain('billing-fra-prod');
      expect(error).toMatch(
        /^clusters\/new\.yaml: line 3 cannot be read: .+\nclusters\/template\.yaml: line \d cannot be read: a template is no YAML\. .+\napplicationsets\/broken\.yaml:10: ApplicationSet `broken` fails: .*no name.*\n$/,
      );
    });

    it('says where there is no directory', async () => {
      expect(await runFleet(['eval', join(shop, 'nowhere')])).toMatchObject({
        code: 1,
        error: expect.stringMatching(/nowhere is not a directory\.\n$/),
      });
    });
  });

  describe('fleet explain', () => {
    const explain = async (...args: string[]) =>
      (await runFleet(['explain', ...args, '--repo', repository.directory]))
        .out;

    it('says what deploys a service', async () => {
      expect(await explain('billing', 'fra-prod')).toBe(
        [
          'Application `billing-fra-prod` deploys `billing` 2.3.0 to `fra-prod`.',
          '  ok  Registered in the repository (yes)',
          '  ok  enable_billing is true (true)',
          'Decided in applicationsets/billing.yaml.',
          '',
        ].join('\n'),
      );
    });

    it('says what is missing, and what would change that', async () => {
      const text = await explain('billing', 'lon-prod');
      expect(text).toContain('  no  enable_billing is true');
      expect(text).toContain(
        'This would put it there: service.onboard {"service":"billing","clusters":["lon-prod"]}\nIt creates 1, changes 0, deletes 0.\n',
      );
    });

    it('answers in JSON', async () => {
      expect(
        JSON.parse(await explain('billing', 'nowhere', '--json')),
      ).toMatchObject({ verdict: 'unknown', reason: 'cluster-unknown' });
    });
  });

  describe('fleet plan', () => {
    const plan = (...args: string[]) =>
      runFleet(['plan', '--repo', repository.directory, ...args]);

    function changeOnBranch(change: () => void): void {
      repository.git('checkout', '-q', '-b', 'change');
      change();
      repository.commit('Change the shop');
    }

    it('compares two revisions, cluster by cluster', async () => {
      changeOnBranch(() =>
        write('services/billing/values.yaml', 'image:\n  tag: 2.4.0\n'),
      );
      const { code, out } = await plan('--from', 'main', '--to', 'change');
      expect(code).toBe(0);
      expect(out).toContain(
        [
          'Creates 0, changes 2, deletes 0.',
          '',
          'fra-prod',
          '  change billing-fra-prod (2.4.0)',
          '    version: 2.3.0 → 2.4.0',
          '    values.image.tag: 2.3.0 → 2.4.0',
          '',
          'lon-staging',
        ].join('\n'),
      );
      const back = await plan(
        '--from',
        'change',
        '--to',
        'change~1',
        '--branch',
        'main',
        '--format',
        'json',
      );
      expect(JSON.parse(back.out)).toMatchObject({
        changes: 2,
        base: { sha: repository.git('rev-parse', 'change') },
        edits: [{ path: 'services/billing/values.yaml', action: 'update' }],
      });
    });

    it('ends with 2 where a guard stops', async () => {
      changeOnBranch(() =>
        rmSync(join(repository.directory, 'clusters/fra-prod.yaml')),
      );
      const answer = await plan(
        '--from',
        'main',
        '--to',
        'change',
        '--format',
        'markdown',
      );
      expect(answer.code).toBe(2);
      expect(answer.out).toMatch(
        /^### Fleet plan: creates 0, changes 0, deletes 1\n\n\*\*Stopped\*\*\n\n- `deletions`: /,
      );
      expect(answer.out).toContain(
        '| Cluster | Application | Action | Details |\n| --- | --- | --- | --- |\n| fra-prod | billing-fra-prod | delete | version 2.3.0 |\n',
      );
      expect(answer.out).toMatch(/Files: `clusters\/fra-prod\.yaml`\n$/);
    });

    it('stops at secrets and warns of pipelines', async () => {
      changeOnBranch(() => {
        mkdirSync(join(repository.directory, '.github'));
        write('.github/dependabot.yml', 'version: 2\n');
        write(
          'services/secret.yaml',
          'kind: Secret\nmetadata:\n  name: db\nstringData:\n  user: shop\n',
        );
      });
      const { code, out } = await plan('--from', 'main', '--to', 'change');
      expect(code).toBe(2);
      expect(out).toContain(
        'Stopped (secret-content): Writes secrets to Git: services/secret.yaml has the content of Secret `db`.',
      );
      expect(out).toContain(
        'Warning (path-outside-layout): Changes `.github/dependabot.yml`',
      );
    });

    it('judges no destination where nothing registers clusters', async () => {
      for (const name of ['fra-prod', 'lon-prod', 'lon-staging'])
        rmSync(join(repository.directory, `clusters/${name}.yaml`));
      repository.commit('Register clusters elsewhere');
      changeOnBranch(() =>
        write(
          'extra.yaml',
          'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: extra\nspec:\n  source:\n    repoURL: https://git.example.com/shop/fleet.git\n    path: services/billing\n  destination:\n    name: elsewhere\n    namespace: extra\n',
        ),
      );
      const { code, out } = await plan('--from', 'main', '--to', 'change');
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringContaining('elsewhere\n  create extra'),
      });
      expect((await runFleet(['eval', repository.directory])).out).toMatch(
        /^elsewhere +extra +extra .* application extra$/m,
      );
    });

    it('says that nothing changes', async () => {
      expect(await plan('--from', 'main', '--to', 'HEAD')).toEqual({
        code: 0,
        out: 'Nothing to change.\n',
        error: '',
      });
    });

    it.each([
      [['--from', 'main'], /required option '--to <ref>' not specified/],
      [['--from', 'main', '--to', 'nope'], /has no commit `nope`\. Fetch it/],
      [['--from', '--help=x', '--to', 'HEAD'], /has no commit `--help=x`/],
      [
        ['--from', 'main', '--to', 'main', '--format', 'x'],
        /Allowed choices are text, json, markdown/,
      ],
    ])('%j is an error', async (args, error) => {
      const answer = await plan(...args);
      expect(answer).toMatchObject({
        code: 1,
        out: '',
        error: expect.stringMatching(error),
      });
    });
  });
});
