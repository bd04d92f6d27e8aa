import type { Octokit } from '@octokit/rest';
import { TEST_FILES, TestHost } from './__testUtils__/TestHost';

const repo = { owner: 'acme', repo: 'fleet-gitops' };

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('a change through the API', () => {
  let test: TestHost;
  beforeEach(async () => {
    test = await TestHost.start();
  });
  afterEach(() => test.stop());

  async function commitOn(
    octokit: Octokit,
    parent: string,
    content: string,
    path = 'clusters/spoke-eu.yaml',
  ) {
    const base = await octokit.git.getCommit({ ...repo, commit_sha: parent });
    const tree = await octokit.git.createTree({
      ...repo,
      base_tree: base.data.tree.sha,
      tree: [{ path, mode: '100644', type: 'blob', content }],
    });
    const commit = await octokit.git.createCommit({
      ...repo,
      message: `Change ${path}`,
      tree: tree.data.sha,
      parents: [parent],
    });
    return commit.data;
  }

  const head = async (octokit: Octokit, branch = 'main') =>
    (await octokit.git.getRef({ ...repo, ref: `heads/${branch}` })).data.object
      .sha;

  it('reads a pinned commit, writes one tree and one commit, and moves the branch', async () => {
    const octokit = test.octokit();
    const seen: unknown[] = [];
    test.repository.git.onRefChanged(change => seen.push(change));
    const before = await head(octokit);
    const tree = await octokit.git.getTree({
      ...repo,
      tree_sha: before,
      recursive: 'true',
    });
    const files = tree.data.tree.filter(entry => entry.type === 'blob');
    expect(files.map(file => file.path)).toEqual([...TEST_FILES.keys()]);
    const blob = await octokit.git.getBlob({
      ...repo,
      file_sha: files[1].sha,
    });
    expect(Buffer.from(blob.data.content, 'base64').toString()).toBe(
      TEST_FILES.get('clusters/spoke-eu.yaml'),
    );

    const commit = await commitOn(octokit, before, 'kind: Secret\n');
    expect(commit.author).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@acme.example',
    });
    await octokit.git.updateRef({
      ...repo,
      ref: 'heads/main',
      sha: commit.sha,
      force: false,
    });

    expect(await head(octokit)).toBe(commit.sha);
    expect(seen).toEqual([
      { ref: 'refs/heads/main', before, after: commit.sha },
    ]);
    const { files: now } = await test.repository.git.snapshot('main');
    expect(now).toEqual(
      new Map([...TEST_FILES, ['clusters/spoke-eu.yaml', 'kind: Secret\n']]),
    );
    const shown = await octokit.repos.getCommit({ ...repo, ref: 'main' });
    expect(shown.data.files).toEqual([
      expect.objectContaining({
        filename: 'clusters/spoke-eu.yaml',
        status: 'modified',
        additions: 0,
        deletions: 1,
        patch: '@@ -1,2 +1 @@\n kind: Secret\n-name: spoke-eu',
      }),
    ]);
  });

  it('lets one of two writers win', async () => {
    const octokit = test.octokit();
    const before = await head(octokit);
    const commits = await Promise.all(
      ['one', 'two'].map(content => commitOn(octokit, before, content)),
    );
    const results = await Promise.allSettled(
      commits.map(({ sha }) =>
        octokit.git.updateRef({ ...repo, ref: 'heads/main', sha }),
      ),
    );
    const rejected = results.filter(result => result.status === 'rejected');
    expect(
      rejected.map(({ reason }) => [reason.status, reason.response.data]),
    ).toEqual([
      [
        422,
        {
          message: 'Update is not a fast forward',
          documentation_url:
            'https://docs.github.com/rest/git/refs#update-a-reference',
          status: '422',
        },
      ],
    ]);
    const winner = commits[results.findIndex(r => r.status === 'fulfilled')];
    expect(await head(octokit)).toBe(winner.sha);
  });

  it('lands all of many writers that start again when the head moved', async () => {
    const octokit = test.octokit();
    await Promise.all(
      Array.from({ length: 5 }, async (_, index) => {
        for (let attempt = 0; attempt < 20; attempt++) {
          const commit = await commitOn(
            octokit,
            await head(octokit),
            'x',
            `files/${index}`,
          );
          const moved = await octokit.git
            .updateRef({ ...repo, ref: 'heads/main', sha: commit.sha })
            .catch(error => error);
          if (moved.status === 200) return;
          expect(moved.message).toContain('Update is not a fast forward');
        }
        throw new Error('Never landed');
      }),
    );
    const { files } = await test.repository.git.snapshot('main');
    expect(
      [...files.keys()].filter(path => path.startsWith('files/')),
    ).toHaveLength(5);
    const count = await test.repository.git.log({
      from: await head(octokit),
    });
    expect(count).toHaveLength(6);
  });

  it('opens a pull request, refuses a second one, and merges it', async () => {
    const octokit = test.octokit();
    const before = await head(octokit);
    const commit = await commitOn(
      octokit,
      before,
      'new\n',
      'clusters/new.yaml',
    );
    await octokit.git.createRef({
      ...repo,
      ref: 'refs/heads/fleet/onboard-x',
      sha: commit.sha,
    });
    const opened = await octokit.pulls.create({
      ...repo,
      title: 'Add a cluster',
      body: 'Why',
      head: 'fleet/onboard-x',
      base: 'main',
    });
    expect(opened.data).toMatchObject({
      number: 1,
      state: 'open',
      merged: false,
      mergeable: true,
      changed_files: 1,
      html_url: `${test.url}/acme/fleet-gitops/pull/1`,
      head: { ref: 'fleet/onboard-x', sha: commit.sha },
    });
    await expect(
      octokit.pulls.create({
        ...repo,
        title: 'x',
        head: 'acme:fleet/onboard-x',
        base: 'main',
      }),
    ).rejects.toMatchObject({
      status: 422,
      response: {
        data: {
          message: 'Validation Failed',
          errors: [
            {
              resource: 'PullRequest',
              code: 'custom',
              message:
                'A pull request already exists for acme:fleet/onboard-x.',
            },
          ],
        },
      },
    });
    const found = await octokit.pulls.list({
      ...repo,
      head: 'acme:fleet/onboard-x',
      base: 'main',
      state: 'all',
    });
    expect(found.data.map(pull => pull.number)).toEqual([1]);

    const second = await commitOn(
      octokit,
      commit.sha,
      'newer\n',
      'clusters/new.yaml',
    );
    await octokit.git.updateRef({
      ...repo,
      ref: 'heads/fleet/onboard-x',
      sha: second.sha,
    });
    const files = await octokit.pulls.listFiles({ ...repo, pull_number: 1 });
    expect(files.data).toMatchObject([
      {
        filename: 'clusters/new.yaml',
        status: 'added',
        patch: '@@ -0,0 +1 @@\n+newer',
      },
    ]);
    await octokit.issues.createComment({
      ...repo,
      issue_number: 1,
      body: 'Looks good',
    });
    const comments = await octokit.issues.listComments({
      ...repo,
      issue_number: 1,
    });
    expect(comments.data).toMatchObject([
      { body: 'Looks good', user: { login: 'ada' } },
    ]);

    await expect(
      octokit.pulls.merge({ ...repo, pull_number: 1, sha: commit.sha }),
    ).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Head branch was modified'),
    });
    const merged = await octokit.pulls.merge({
      ...repo,
      pull_number: 1,
      sha: second.sha,
    });
    expect(merged.data).toMatchObject({
      merged: true,
      sha: await head(octokit),
    });
    const now = await octokit.pulls.get({ ...repo, pull_number: 1 });
    expect(now.data).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merged.data.sha,
      merged_by: { login: 'ada' },
      changed_files: 1,
      commits: 2,
    });
    expect(
      (await octokit.pulls.checkIfMerged({ ...repo, pull_number: 1 })).status,
    ).toBe(204);
    const commits = await octokit.pulls.listCommits({
      ...repo,
      pull_number: 1,
    });
    expect(commits.data.map(({ sha }) => sha)).toEqual([
      commit.sha,
      second.sha,
    ]);
    await expect(
      octokit.pulls.merge({ ...repo, pull_number: 1 }),
    ).rejects.toMatchObject({ status: 405 });
    const associated = await octokit.repos.listPullRequestsAssociatedWithCommit(
      { ...repo, commit_sha: merged.data.sha },
    );
    expect(associated.data.map(pull => pull.number)).toEqual([1]);
  });

  it('tells a conflict, and closes a pull request whose branch goes', async () => {
    const octokit = test.octokit();
    const before = await head(octokit);
    const ours = await commitOn(octokit, before, 'ours\n');
    const theirs = await commitOn(octokit, before, 'theirs\n');
    await octokit.git.createRef({
      ...repo,
      ref: 'refs/heads/topic',
      sha: theirs.sha,
    });
    const pull = { ...repo, pull_number: 1 };
    await octokit.pulls.create({
      ...repo,
      title: 'T',
      head: 'topic',
      base: 'main',
    });
    await octokit.git.updateRef({ ...repo, ref: 'heads/main', sha: ours.sha });
    expect((await octokit.pulls.get(pull)).data).toMatchObject({
      mergeable: false,
      mergeable_state: 'dirty',
    });
    await expect(octokit.pulls.merge(pull)).rejects.toMatchObject({
      status: 405,
    });
    await expect(
      octokit.repos.merge({ ...repo, base: 'main', head: 'topic' }),
    ).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('Merge conflict'),
    });
    const compared = await octokit.repos.compareCommitsWithBasehead({
      ...repo,
      basehead: 'main...topic',
    });
    expect(compared.data).toMatchObject({
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
    });
    await octokit.git.deleteRef({ ...repo, ref: 'heads/topic' });
    expect((await octokit.pulls.get(pull)).data).toMatchObject({
      state: 'closed',
      merged: false,
    });
    const closed = await octokit.pulls.list({ ...repo, state: 'closed' });
    expect(closed.data).toHaveLength(1);
  });

  it('updates and reopens a pull request', async () => {
    const octokit = test.octokit();
    const commit = await commitOn(octokit, await head(octokit), 'x');
    await octokit.git.createRef({
      ...repo,
      ref: 'refs/heads/topic',
      sha: commit.sha,
    });
    await octokit.pulls.create({
      ...repo,
      title: 'T',
      head: 'topic',
      base: 'main',
    });
    const pull = { ...repo, pull_number: 1 };
    const closed = await octokit.pulls.update({
      ...pull,
      state: 'closed',
      title: 'New',
    });
    expect(closed.data).toMatchObject({ state: 'closed', title: 'New' });
    expect(closed.data.closed_at).toBeTruthy();
    const open = await octokit.pulls.update({ ...pull, state: 'open' });
    expect(open.data).toMatchObject({ state: 'open', closed_at: null });
    await octokit.git.updateRef({
      ...repo,
      ref: 'heads/main',
      sha: commit.sha,
    });
    expect((await octokit.pulls.get(pull)).data).toMatchObject({
      state: 'closed',
      merged: true,
    });
  });

  it('merges branches', async () => {
    const octokit = test.octokit();
    const before = await head(octokit);
    const ours = await commitOn(octokit, before, 'ours', 'a');
    const theirs = await commitOn(octokit, before, 'theirs', 'b');
    await octokit.git.createRef({
      ...repo,
      ref: 'refs/heads/topic',
      sha: theirs.sha,
    });
    await octokit.git.updateRef({ ...repo, ref: 'heads/main', sha: ours.sha });
    const merge = { ...repo, base: 'main', head: 'topic' };
    const merged = await octokit.repos.merge(merge);
    expect(merged.status).toBe(201);
    expect(merged.data.parents.map(({ sha }) => sha)).toEqual([
      ours.sha,
      theirs.sha,
    ]);
    expect((await octokit.repos.merge(merge)).status).toBe(204);
    await expect(
      octokit.repos.merge({ ...merge, head: 'nowhere' }),
    ).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('Head does not exist'),
    });
  });
});
