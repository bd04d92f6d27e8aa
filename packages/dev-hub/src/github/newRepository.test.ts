import { execFile } from 'child_process';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { gitEnvironment } from '../git/process';
import { TestHost } from './__testUtils__/TestHost';

const execute = promisify(execFile);
const repo = { owner: 'acme', repo: 'gift-cards' };

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('a new repository', () => {
  let test: TestHost;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'new-'));
    test = await TestHost.start({
      tokens: [
        { token: 'admin-token', user: { login: 'ada' }, access: 'admin' },
        { token: 'writer-token', user: { login: 'bob' } },
        { token: 'reader-token', user: { login: 'rita' }, access: 'read' },
      ],
    });
  });
  afterEach(async () => {
    await test.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const octokit = () => test.octokit('admin-token');
  const create = (options: object = {}) =>
    octokit().repos.createInOrg({
      org: 'acme',
      name: repo.repo,
      description: 'Sells gift cards',
      private: true,
      visibility: 'private',
      ...options,
    });
  const git = (...args: string[]) =>
    execute('git', args, {
      cwd: folder,
      env: gitEnvironment({
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@b',
        GIT_ASKPASS: 'true',
      }),
    });
  async function push(branch: string) {
    await git('init', '--quiet', `--initial-branch=${branch}`);
    await writeFile(join(folder, 'catalog-info.yaml'), 'kind: Component\n');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'Begin');
    const remote = test.url.replace('//', '//x-access-token:admin-token@');
    await git('push', `${remote}/acme/gift-cards.git`, branch);
  }

  it('is made for an organization, takes a push, and is read back', async () => {
    const owner = await octokit().users.getByUsername({ username: 'acme' });
    expect(owner.data.type).toBe('Organization');
    const { data } = await create();
    expect(data).toMatchObject({
      full_name: 'acme/gift-cards',
      private: true,
      visibility: 'private',
      description: 'Sells gift cards',
      clone_url: `${test.url}/acme/gift-cards.git`,
      html_url: `${test.url}/acme/gift-cards`,
      default_branch: 'main',
      owner: { login: 'acme', id: owner.data.id },
    });
    const names = { ...repo, names: ['fleet', 'helm'] };
    expect((await octokit().repos.replaceAllTopics(names)).data).toEqual({
      names: ['fleet', 'helm'],
    });
    await octokit().repos.addCollaborator({ ...repo, username: 'bob' });

    await push('main');
    const file = await octokit().repos.getContent({
      ...repo,
      path: 'catalog-info.yaml',
      mediaType: { format: 'raw' },
    });
    expect(String(file.data)).toBe('kind: Component\n');
    const topics = await octokit().repos.getAllTopics(repo);
    expect(topics.data.names).toEqual(['fleet', 'helm']);
    // It is private: a clone needs a token.
    await expect(
      git('clone', '--quiet', `${test.url}/acme/gift-cards`, 'copy'),
    ).rejects.toThrow('Authentication failed');
  });

  it('is made for the token’s user, with a first commit where that is asked for', async () => {
    const { data } = await octokit().repos.createForAuthenticatedUser({
      name: 'notes',
      auto_init: true,
    });
    expect(data).toMatchObject({ full_name: 'ada/notes', private: false });
    const { files } = await test.host
      .repository('ada', 'notes')!
      .git.snapshot('main');
    expect([...files.keys()]).toEqual(['README.md']);
  });

  it('has the branch that is pushed first as its default branch', async () => {
    await create();
    await push('trunk');
    const { data } = await octokit().repos.get(repo);
    expect(data.default_branch).toBe('trunk');
  });

  it('has pages and lists while it is empty', async () => {
    await create();
    const unborn = { ...repo, branch: 'main' };
    await expect(
      octokit().repos.getBranchProtection(unborn),
    ).rejects.toMatchObject({
      message: expect.stringContaining('Branch not found'),
    });
    const branches = await octokit().repos.listBranches(repo);
    expect(branches.data).toEqual([]);
    const page = await fetch(`${test.url}/acme/gift-cards`);
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('This repository is empty.'),
    ]);
  });

  it.each([
    ['a taken name', {}, 'name already exists on this account'],
    ['another case of it', { name: 'Gift-Cards' }, 'name already exists'],
    ['a path', { name: '../x' }, 'name is invalid'],
  ])('is refused for %s', async (_, options, message) => {
    await create();
    await expect(create(options)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining(message),
    });
  });

  it('is refused to readers, and for an unknown organization', async () => {
    const reader = test.octokit('reader-token');
    await expect(
      reader.repos.createInOrg({ org: 'acme', name: 'x' }),
    ).rejects.toMatchObject({ status: 403 });
    await expect(create({ org: 'globex' })).rejects.toMatchObject({
      status: 404,
    });
    // Who may write may not administer.
    await expect(
      test.octokit('writer-token').repos.replaceAllTopics({
        owner: 'acme',
        repo: 'fleet-gitops',
        names: [],
      }),
    ).rejects.toMatchObject({ status: 403 });
  });

  describe('with a protected branch', () => {
    const protect = (rules: object) =>
      octokit().repos.updateBranchProtection({
        ...repo,
        branch: 'main',
        required_status_checks: null,
        enforce_admins: true,
        required_pull_request_reviews: null,
        restrictions: null,
        ...rules,
      });

    beforeEach(async () => {
      await create();
      await push('main');
    });

    async function mergeChange() {
      await git('switch', '--quiet', '--create', 'topic');
      await git('commit', '--quiet', '--allow-empty', '-m', 'Change');
      const remote = test.url.replace('//', '//x:admin-token@');
      await git('push', `${remote}/acme/gift-cards.git`, 'topic');
      await octokit().pulls.create({
        ...repo,
        title: 'Change',
        head: 'topic',
        base: 'main',
      });
      return octokit().pulls.merge({ ...repo, pull_number: 1 });
    }

    it.each([
      [
        'reviews',
        {
          required_pull_request_reviews: { required_approving_review_count: 1 },
        },
        'At least 1 approving review is required',
      ],
      [
        'checks',
        { required_status_checks: { strict: true, contexts: ['build'] } },
        'Required status check "build" is expected',
      ],
    ])('waits for %s', async (_, rules, message) => {
      const { data } = await protect(rules);
      const read = await octokit().repos.getBranchProtection({
        ...repo,
        branch: 'main',
      });
      expect(read.data).toEqual(data);
      await expect(mergeChange()).rejects.toMatchObject({
        status: 405,
        message: expect.stringContaining(message),
      });
    });

    it('takes a pull request that needs no review, and no push', async () => {
      await protect({
        required_pull_request_reviews: { required_approving_review_count: 0 },
      });
      await git('commit', '--quiet', '--allow-empty', '-m', 'Directly');
      const remote = test.url.replace('//', '//x:admin-token@');
      await expect(
        git('push', `${remote}/acme/gift-cards.git`, 'main'),
      ).rejects.toThrow('protected branch hook declined');
      await git('reset', '--quiet', '--hard', 'HEAD~1');
      expect((await mergeChange()).data.merged).toBe(true);
    });
  });
});
