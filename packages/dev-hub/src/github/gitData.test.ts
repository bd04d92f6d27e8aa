import { TestHost } from './__testUtils__/TestHost';

const repo = { owner: 'acme', repo: 'fleet-gitops' };
const NO_OBJECT = 'f'.repeat(40);

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('Git data and contents', () => {
  let test: TestHost;
  let head: string;
  beforeEach(async () => {
    test = await TestHost.start();
    head = (await test.repository.git.resolve('main'))!;
  });
  afterEach(() => test.stop());

  it('writes, replaces, moves and deletes entries of a tree', async () => {
    const octokit = test.octokit();
    const blob = await octokit.git.createBlob({
      ...repo,
      content: Buffer.from([0, 1, 2]).toString('base64'),
      encoding: 'base64',
    });
    const services = await test.repository.git.readPath(head, 'services');
    const { data } = await octokit.git.createTree({
      ...repo,
      base_tree: head,
      tree: [
        { path: 'run.sh', mode: '100755', type: 'blob', content: '#!/bin/sh' },
        { path: 'binary', mode: '100644', type: 'blob', sha: blob.data.sha },
        { path: 'copy', mode: '040000', type: 'tree', sha: services!.sha },
        { path: 'README.md', mode: '100644', type: 'blob', sha: null },
        { path: 'clusters', mode: '040000', type: 'tree', sha: null },
        // A folder takes the place of nothing, a file that of a folder.
        {
          path: 'services',
          mode: '100644',
          type: 'blob',
          content: 'now a file',
        },
      ],
    });
    const written = await test.repository.git.listTree(data.sha, {
      recursive: true,
    });
    expect(written.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      '100644 binary',
      '100644 copy/payments/values.yaml',
      '100755 run.sh',
      '100644 services',
    ]);
    const read = await octokit.git.getBlob({
      ...repo,
      file_sha: blob.data.sha,
    });
    expect(Buffer.from(read.data.content, 'base64')).toEqual(
      Buffer.from([0, 1, 2]),
    );
  });

  it('makes a tree from nothing', async () => {
    const { data } = await test.octokit().git.createTree({
      ...repo,
      tree: [{ path: 'a/b', mode: '100644', type: 'blob', content: 'x' }],
    });
    const tree = await test.octokit().git.getTree({
      ...repo,
      tree_sha: data.sha,
      recursive: '1',
    });
    expect(tree.data.tree.map(({ path }) => path)).toEqual(['a', 'a/b']);
  });

  const octokit = () => test.octokit();
  it('rewinds a branch only when forced', async () => {
    const git = test.repository.git;
    const next = await git.commitFiles({
      branch: 'main',
      changes: new Map([['x', 'x']]),
      message: 'x',
      author: { name: 'A', email: 'a@b', date: new Date(0) },
    });
    const back = { ...repo, ref: 'heads/main', sha: head };
    await expect(octokit().git.updateRef(back)).rejects.toMatchObject({
      status: 422,
    });
    expect(await git.resolve('main')).toBe(next.sha);
    await octokit().git.updateRef({ ...back, force: true });
    expect(await git.resolve('main')).toBe(head);
  });

  it('reads and writes single files', async () => {
    const file = { ...repo, path: 'clusters/näw file.yaml' };
    const created = await octokit().repos.createOrUpdateFileContents({
      ...file,
      message: 'Add',
      content: Buffer.from('a: 1\n').toString('base64'),
      branch: 'main',
    });
    expect(created.status).toBe(201);
    const read = await octokit().repos.getContent(file);
    const { sha, content } = read.data as any;
    expect(Buffer.from(content, 'base64').toString()).toBe('a: 1\n');
    const raw = await octokit().repos.getContent({
      ...file,
      mediaType: { format: 'raw' },
    });
    expect(raw.data).toBe('a: 1\n');
    const update = {
      ...file,
      message: 'Change',
      content: Buffer.from('a: 2\n').toString('base64'),
    };
    await expect(
      octokit().repos.createOrUpdateFileContents(update),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      octokit().repos.createOrUpdateFileContents({ ...update, sha: NO_OBJECT }),
    ).rejects.toMatchObject({ status: 409 });
    const updated = await octokit().repos.createOrUpdateFileContents({
      ...update,
      sha,
    });
    expect(updated.status).toBe(200);
    const folder = await octokit().repos.getContent({
      ...repo,
      path: 'clusters',
      ref: 'main',
    });
    expect((folder.data as any[]).map(entry => entry.name)).toEqual([
      'näw file.yaml',
      'spoke-eu.yaml',
    ]);
    const root = await octokit().repos.getContent({ ...repo, path: '' });
    expect((root.data as any[]).map(entry => entry.type)).toEqual([
      'file',
      'dir',
      'dir',
    ]);
    const history = await octokit().repos.listCommits(file);
    expect(history.data.map(({ commit }) => commit.message)).toEqual([
      'Change',
      'Add',
    ]);
  });

  it('pages through long lists', async () => {
    for (let index = 0; index < 5; index++) {
      await test.repository.git.createRef(`refs/heads/b${index}`, head);
    }
    const all = await octokit().paginate(octokit().repos.listBranches, {
      ...repo,
      per_page: 2,
    });
    expect(all.map(({ name }) => name)).toEqual([
      'b0',
      'b1',
      'b2',
      'b3',
      'b4',
      'main',
    ]);
    const matching = await octokit().git.listMatchingRefs({
      ...repo,
      ref: 'heads/b',
    });
    expect(matching.data).toHaveLength(5);
    const tags = await octokit().repos.listTags(repo);
    expect(tags.data).toMatchObject([{ name: 'v1', commit: { sha: head } }]);
    for (let index = 0; index < 5; index++) {
      await test.repository.git.commitFiles({
        branch: 'main',
        changes: new Map([['x', `${index}`]]),
        message: `${index}`,
        author: { name: 'A', email: 'a@b', date: new Date(index * 1000) },
      });
    }
    const commits = await octokit().paginate(octokit().repos.listCommits, {
      ...repo,
      per_page: 2,
    });
    expect(commits.map(({ commit }) => commit.message)).toEqual([
      '4',
      '3',
      '2',
      '1',
      '0',
      'Start the fleet',
    ]);
    const ahead = await octokit().repos.compareCommits({
      ...repo,
      base: 'v1',
      head: 'main',
    });
    expect(ahead.data).toMatchObject({
      status: 'ahead',
      ahead_by: 5,
      total_commits: 5,
    });
  });

  it('answers 304 to who has the newest already', async () => {
    const url = `${test.url}/api/v3/repos/acme/fleet-gitops/git/ref/heads%2Fmain`;
    const authorization = 'Bearer writer-token';
    const first = await fetch(url, { headers: { authorization } });
    const again = await fetch(url, {
      headers: { authorization, 'if-none-match': first.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });

  it('serves what Backstage reads a repository with', async () => {
    const status = await octokit().repos.getCombinedStatusForRef({
      ...repo,
      ref: 'main',
    });
    expect(status.data.sha).toBe(head);
    const archive = await octokit().repos.downloadTarballArchive({
      ...repo,
      ref: head,
    });
    const bytes = Buffer.from(archive.data as ArrayBuffer);
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });

  it('is held against what GitHub publishes', async () => {
    expect(test.contract.operations).toHaveLength(46);
    const answer = await fetch(`${test.url}/api/v3/meta`, {
      headers: { authorization: 'Bearer writer-token' },
    });
    expect(answer.status).toBe(200);
    expect([...test.contract.covered]).toEqual(['GET /meta']);
  });
});
