import { ConfigReader } from '@backstage/config';
import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import { TestGitHost } from '../__testUtils__/gitHost';

// Each test runs Git processes.
jest.setTimeout(60_000);

const FILES = new Map([
  ['clusters/a.yaml', 'name: a\n'],
  ['clusters/b.yaml', '\ufeffname: b\r\n'],
  ['services/payments/values.yaml', 'tag: 1\n'],
  ['services/payments/logo.png', '\u0000binary'],
]);

describe('a repository on GitHub', () => {
  let host: TestGitHost;
  let repository: GitRepository;

  const start = async (
    options: Partial<Parameters<typeof TestGitHost.start>[0]> = {},
  ) => {
    host = await TestGitHost.start({ files: FILES, ...options });
    repository = await host.client().open(host.url);
    return repository.resolve('main');
  };
  afterEach(() => host.stop());

  const change = (
    base: string,
    changes: Record<string, string | undefined>,
  ) => ({
    branch: 'main',
    base,
    changes: new Map(Object.entries(changes)),
    message: 'Change it',
  });

  describe('reading', () => {
    it('reads all text files of a commit with two requests, and a later one with what changed', async () => {
      const head = await start();
      host.requests.length = 0;
      const snapshot = await repository.snapshot(head.sha);
      expect([...snapshot.files]).toEqual(
        [...FILES].filter(([path]) => !path.endsWith('.png')),
      );
      expect(host.requests).toEqual([
        `GET /repos/acme/fleet-gitops/git/trees/${head.sha}`,
        `GET /repos/acme/fleet-gitops/tarball/${head.sha}`,
      ]);

      const later = await host.commit({ 'clusters/a.yaml': 'name: c\n' });
      host.requests.length = 0;
      const [one, two] = await Promise.all([
        repository.snapshot(later),
        repository.snapshot(later),
      ]);
      expect(two).toBe(one);
      expect(one.files.get('clusters/a.yaml')).toBe('name: c\n');
      expect(host.requests).toHaveLength(2);
      expect(await repository.snapshot(head.sha)).toBe(snapshot);
    });

    it('reads what an archive leaves out or alters one by one', async () => {
      await start({
        files: new Map([
          ...FILES,
          [
            '.gitattributes',
            'clusters/a.yaml export-ignore\nversion export-subst\n',
          ],
          ['version', '$Format:%H$\n'],
        ]),
      });
      const { sha } = await repository.resolve('main');
      const { files } = await repository.snapshot(sha);
      expect(files.get('clusters/a.yaml')).toBe('name: a\n');
      expect(files.get('version')).toBe('$Format:%H$\n');
    });

    it('names branch or repository when there is none', async () => {
      await start();
      await expect(repository.resolve('nope')).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('Branch nope does not exist'),
      });
      const other = await host
        .client()
        .open(host.url.replace('fleet-gitops', 'elsewhere'));
      await expect(other.resolve('main')).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining(
          'Repository acme/elsewhere was not found',
        ),
      });
    });

    it('says that the token is refused', async () => {
      await start();
      const refused = await host.client('wrong').open(host.url);
      await expect(refused.resolve('main')).rejects.toThrow(
        /The token for 127\.0\.0\.1:\d+ is refused: set integrations\.github/,
      );
    });

    it('tries again when the host fails once', async () => {
      const head = await start();
      host.faults.inject({ kind: 'respond', status: 502 });
      expect((await repository.resolve('main')).sha).toBe(head.sha);
    });
  });

  describe('committing', () => {
    it('writes, changes and deletes files in one commit that keeps file modes', async () => {
      const head = await start();
      const commit = await repository.commitToBranch(
        change(head.sha, {
          'clusters/a.yaml': 'name: a2\n',
          'clusters/b.yaml': undefined,
          'new/é.yaml': 'x: "ü"\n',
        }),
      );
      expect([...(await host.files())]).toEqual([
        ['clusters/a.yaml', 'name: a2\n'],
        ['new/é.yaml', 'x: "ü"\n'],
        ['services/payments/values.yaml', 'tag: 1\n'],
      ]);
      expect(await host.log()).toEqual(['Change it', 'Start']);
      expect(await host.git.resolve('main')).toBe(commit.sha);
      expect(commit).toMatchObject({
        url: `${host.url}/commit/${commit.sha}`,
        message: 'Change it',
      });
    });

    it('refuses when the head moved, and never forces', async () => {
      const head = await start();
      const theirs = await host.commit({ 'clusters/a.yaml': 'theirs\n' });
      await expect(
        repository.commitToBranch(
          change(head.sha, { 'clusters/a.yaml': 'ours\n' }),
        ),
      ).rejects.toMatchObject({ name: 'HeadMovedError' });
      expect(await host.git.resolve('main')).toBe(theirs);
    });

    it.each(['protection', 'ruleset'] as const)(
      'recognises a %s beforehand and by message',
      async kind => {
        const head = await start({ protectedBranches: { main: { kind } } });
        expect(await repository.protection('main')).toEqual({
          protected: true,
          reason: expect.any(String),
        });
        await expect(
          repository.commitToBranch(
            change(head.sha, { 'clusters/a.yaml': 'x\n' }),
          ),
        ).rejects.toMatchObject({ name: 'ProtectedBranchError' });
        expect(await host.log()).toEqual(['Start']);
      },
    );

    it('says which right is missing', async () => {
      const head = await start();
      const reader = await host.client('reader').open(host.url);
      await expect(
        reader.commitToBranch(change(head.sha, { 'clusters/a.yaml': 'x\n' })),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('lacks rights on acme/fleet-gitops'),
      });
    });

    it('finds a commit by a line of its message', async () => {
      const head = await start();
      const commit = await repository.commitToBranch({
        ...change(head.sha, { 'clusters/a.yaml': 'x\n' }),
        message: 'Change it\n\nFleet-Change: 42',
      });
      await host.commit({ 'clusters/a.yaml': 'y\n' });
      const since = new Date(Date.now() - 60_000);
      const find = (line: string) =>
        repository.findCommit!({ branch: 'main', line, since });
      expect((await find('Fleet-Change: 42'))?.sha).toBe(commit.sha);
      expect(await find('Fleet-Change: 4')).toBeUndefined();
    });
  });

  describe('limits', () => {
    const throttled = async () => {
      const head = await start();
      repository = await host
        .client('writer', { unthrottled: false })
        .open(host.url);
      return head;
    };

    it('waits for a short rate limit', async () => {
      const head = await throttled();
      host.faults.inject({
        kind: 'rate-limit',
        limit: 'secondary',
        retryAfterSeconds: 1,
      });
      expect((await repository.resolve('main')).sha).toBe(head.sha);
    });

    it.each(['primary', 'secondary'] as const)(
      'says so at once for a long %s rate limit',
      async limit => {
        await throttled();
        host.requests.length = 0;
        host.faults.inject({
          kind: 'rate-limit',
          limit,
          retryAfterSeconds: 600,
        });
        await expect(repository.resolve('main')).rejects.toMatchObject({
          name: 'ServiceUnavailableError',
          message: expect.stringContaining('limits the requests of the token'),
        });
        expect(host.requests).toHaveLength(1);
      },
    );

    it('commits through the limiter', async () => {
      const head = await throttled();
      const commit = await repository.commitToBranch(
        change(head.sha, { 'clusters/a.yaml': 'x\n' }),
      );
      expect(await host.git.resolve('main')).toBe(commit.sha);
    });

    it('says what stands behind credentials that cannot be had', async () => {
      await start();
      const { origin, host: name } = new URL(host.url);
      const app = await host
        .client('', {
          config: new ConfigReader({
            integrations: {
              github: [
                {
                  host: name,
                  apiBaseUrl: `${origin}/api/v3`,
                  apps: [
                    {
                      appId: 1,
                      clientId: 'a',
                      clientSecret: 'b',
                      webhookSecret: 'c',
                      privateKey: 'no key',
                    },
                  ],
                },
              ],
            },
          }),
        })
        .open(host.url);
      await expect(app.resolve('main')).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(
          'No credentials for acme/fleet-gitops',
        ),
      });
    });
  });

  it('lists tags with one request, the newest version first', async () => {
    const first = await start();
    const second = await host.commit({ 'clusters/a.yaml': 'name: c\n' });
    const tags: Array<[string, string]> = [
      ['v1.9.0', first.sha],
      ['v1.10.0', second],
      ['v1.10.0-rc.1', first.sha],
      ['nightly', second],
      ['payments/v2', first.sha],
    ];
    for (const [name, sha] of tags) {
      await host.git.createRef(`refs/tags/${name}`, sha);
    }
    host.requests.length = 0;
    expect(await repository.tags!()).toEqual({
      tags: [tags[1], tags[2], tags[0], tags[4], tags[3]].map(
        ([name, sha]) => ({ name, sha, url: `${host.url}/tree/${name}` }),
      ),
      complete: true,
    });
    expect(host.requests).toEqual(['GET /repos/acme/fleet-gitops/tags']);
    const other = await host
      .client()
      .open(host.url.replace('fleet-gitops', 'elsewhere'));
    await expect(other.tags!()).rejects.toThrow(
      /acme\/elsewhere was not found/,
    );
  });

  it('makes addresses for people', async () => {
    await start();
    expect([
      repository.webUrl({}),
      repository.webUrl({ ref: 'main' }),
      repository.webUrl({ commit: 'abc' }),
      repository.webUrl({ path: 'a b/c.yaml', ref: 'main' }),
      repository.webUrl({ path: 'c.yaml', commit: 'abc' }),
    ]).toEqual([
      host.url,
      `${host.url}/tree/main`,
      `${host.url}/commit/abc`,
      `${host.url}/blob/main/a%20b/c.yaml`,
      `${host.url}/blob/abc/c.yaml`,
    ]);
  });
});
