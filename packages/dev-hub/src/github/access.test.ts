import { TestHost } from './__testUtils__/TestHost';

const repo = { owner: 'acme', repo: 'fleet-gitops' };

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('who may do what', () => {
  let test: TestHost;
  beforeAll(async () => {
    test = await TestHost.start({ rateLimit: 200 });
  });
  afterAll(() => test.stop());

  it.each([
    ['no token', '', 401, 'Requires authentication'],
    ['a wrong token', 'wrong', 401, 'Bad credentials'],
    ['a token for another repository', 'other-token', 404, 'Not Found'],
  ])('refuses %s', async (_, token, status, message) => {
    await expect(test.octokit(token).repos.get(repo)).rejects.toMatchObject({
      status,
      response: {
        data: {
          message,
          status: String(status),
          documentation_url:
            'https://docs.github.com/rest/repos/repos#get-a-repository',
        },
      },
    });
  });

  it('lets a reader read and not write', async () => {
    const reader = test.octokit('reader-token');
    const { data } = await reader.repos.get(repo);
    expect(data).toMatchObject({
      full_name: 'acme/fleet-gitops',
      default_branch: 'main',
      permissions: { pull: true, push: false, admin: false },
      html_url: `${test.url}/acme/fleet-gitops`,
    });
    await expect(
      reader.git.createBlob({ ...repo, content: 'x' }),
    ).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining(
        'Resource not accessible by personal access token',
      ),
    });
    const listed = await test.octokit('other-token').request('GET /user/repos');
    expect(listed.data).toEqual([]);
  });

  it('accepts the older token scheme', async () => {
    const response = await fetch(`${test.url}/api/v3/user`, {
      headers: { authorization: 'token writer-token' },
    });
    expect(await response.json()).toMatchObject({ login: 'ada' });
  });

  it('counts requests', async () => {
    const octokit = test.octokit('second-token');
    const first = await octokit.users.getAuthenticated();
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '200',
      'x-ratelimit-remaining': '199',
      'x-ratelimit-resource': 'core',
    });
    const limits = await octokit.rateLimit.get();
    expect(limits.data.rate).toMatchObject({ limit: 200, used: 2 });
    const answers = await Promise.all(
      Array.from({ length: 199 }, () =>
        octokit.users.getAuthenticated().catch(error => error),
      ),
    );
    const refused = answers.filter(answer => answer.status === 403);
    expect(refused).toHaveLength(1);
    expect(refused[0].message).toMatch(/^API rate limit exceeded for user ID/);
    expect(refused[0].response.headers['x-ratelimit-remaining']).toBe('0');
  });

  it('answers unknown users, repositories and addresses as GitHub does', async () => {
    const octokit = test.octokit();
    await expect(
      octokit.users.getByUsername({ username: 'nobody' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      octokit.repos.get({ owner: 'acme', repo: 'nothing' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(octokit.request('GET /gists')).rejects.toMatchObject({
      status: 404,
    });
    const broken = await fetch(
      `${test.url}/api/v3/repos/acme/fleet-gitops/git/blobs`,
      {
        method: 'POST',
        body: '{"content":',
        headers: { authorization: 'Bearer writer-token' },
      },
    );
    expect([broken.status, (await broken.json()).message]).toEqual([
      400,
      'Problems parsing JSON',
    ]);
  });
});

describe('a protected branch', () => {
  let test: TestHost;
  beforeEach(async () => {
    test = await TestHost.start();
  });
  afterEach(() => test.stop());

  async function newCommit() {
    const octokit = test.octokit();
    const { data: head } = await octokit.git.getRef({
      ...repo,
      ref: 'heads/main',
    });
    const tree = await octokit.git.createTree({
      ...repo,
      base_tree: head.object.sha,
      tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }],
    });
    const commit = await octokit.git.createCommit({
      ...repo,
      message: 'x',
      tree: tree.data.sha,
      parents: [head.object.sha],
    });
    return { head: head.object.sha, sha: commit.data.sha };
  }

  it.each([
    {
      kind: 'protection' as const,
      update: /^Protected branch update failed for refs\/heads\/main/,
      mergeStatus: 403,
      classicStatus: 200,
      rules: [],
    },
    {
      kind: 'ruleset' as const,
      update:
        /^Repository rule violations found\n\nChanges must be made through a pull request/,
      mergeStatus: 409,
      classicStatus: 404,
      rules: ['deletion', 'non_fast_forward', 'pull_request'],
    },
  ])(
    'by $kind refuses direct commits and lets a pull request merge',
    async ({ kind, update, mergeStatus, classicStatus, rules }) => {
      test.repository.protectedBranches.set('main', { kind });
      const octokit = test.octokit();
      const { head, sha } = await newCommit();
      await expect(
        octokit.git.updateRef({ ...repo, ref: 'heads/main', sha }),
      ).rejects.toMatchObject({
        status: 422,
        message: expect.stringMatching(update),
      });
      await expect(
        octokit.repos.createOrUpdateFileContents({
          ...repo,
          path: 'y',
          message: 'y',
          content: 'eQ==',
        }),
      ).rejects.toMatchObject({ status: 409 });
      await octokit.git.createRef({ ...repo, ref: 'refs/heads/topic', sha });
      await expect(
        octokit.repos.merge({ ...repo, base: 'main', head: 'topic' }),
      ).rejects.toMatchObject({ status: mergeStatus });
      expect(await test.repository.git.resolve('main')).toBe(head);

      const branch = await octokit.repos.getBranch({ ...repo, branch: 'main' });
      expect(branch.data.protected).toBe(true);
      const branches = await octokit.repos.listBranches({
        ...repo,
        protected: true,
      });
      expect(branches.data.map(({ name }) => name)).toEqual(['main']);
      const found = await octokit.repos.getBranchRules({
        ...repo,
        branch: 'main',
      });
      expect(found.data.map(rule => rule.type)).toEqual(rules);
      const classic = await octokit.repos
        .getBranchProtection({ ...repo, branch: 'main' })
        .catch(error => error);
      expect(classic.status).toBe(classicStatus);

      await octokit.pulls.create({
        ...repo,
        title: 'T',
        head: 'topic',
        base: 'main',
      });
      await octokit.pulls.merge({
        ...repo,
        pull_number: 1,
        merge_method: 'squash',
      });
      const [merged] = await test.repository.git.log({
        from: (await test.repository.git.resolve('main'))!,
      });
      expect([merged.message, merged.parents]).toEqual(['T (#1)', [head]]);
    },
  );

  it('lets those through who may push', async () => {
    test.repository.protectedBranches.set('main', {
      kind: 'ruleset',
      allowedToPush: ['ada'],
    });
    const { sha } = await newCommit();
    await expect(
      test.octokit('second-token').git.updateRef({
        ...repo,
        ref: 'heads/main',
        sha,
      }),
    ).rejects.toMatchObject({ status: 422 });
    await test.octokit().git.updateRef({ ...repo, ref: 'heads/main', sha });
    expect(await test.repository.git.resolve('main')).toBe(sha);
  });
});
