import { TestHost } from './__testUtils__/TestHost';

const repo = { owner: 'acme', repo: 'fleet-gitops' };
const NO_OBJECT = 'f'.repeat(40);

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('Git data refuses', () => {
  let test: TestHost;
  let head: string;
  beforeAll(async () => {
    test = await TestHost.start();
    head = (await test.repository.git.resolve('main'))!;
  });
  afterAll(() => test.stop());

  it.each([
    '../outside',
    '.git/config',
    'a/.GIT/hooks/x',
    '/absolute',
    'a//b',
    'a/./b',
    'a\\b',
    'git~1/x',
    'tab\tname',
    '',
  ])('to write the path %j', async path => {
    await expect(
      test.octokit().git.createTree({
        ...repo,
        base_tree: head,
        tree: [{ path, mode: '100644', type: 'blob', content: 'x' }],
      }),
    ).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('malformed path component'),
    });
  });

  const octokit = () => test.octokit();
  it.each<[string, () => Promise<unknown>, number, string]>([
    [
      'a tree on a base that does not exist',
      () =>
        octokit().git.createTree({
          ...repo,
          base_tree: NO_OBJECT,
          tree: [{ path: 'a', mode: '100644', type: 'blob', content: 'x' }],
        }),
      422,
      'base_tree is not a valid tree oid',
    ],
    [
      'a tree with a blob that does not exist',
      () =>
        octokit().git.createTree({
          ...repo,
          base_tree: head,
          tree: [{ path: 'a', mode: '100644', type: 'blob', sha: NO_OBJECT }],
        }),
      422,
      'GitRPC::BadObjectState',
    ],
    [
      'deleting what is not there',
      () =>
        octokit().git.createTree({
          ...repo,
          base_tree: head,
          tree: [{ path: 'nothing', mode: '100644', type: 'blob', sha: null }],
        }),
      422,
      'GitRPC::BadObjectState',
    ],
    [
      'a commit of a tree that does not exist',
      () =>
        octokit().git.createCommit({
          ...repo,
          message: 'x',
          tree: NO_OBJECT,
        }),
      422,
      'Tree SHA does not exist',
    ],
    [
      'a commit without message',
      () => octokit().git.createCommit({ ...repo, tree: NO_OBJECT } as any),
      422,
      '"message" wasn\'t supplied',
    ],
    [
      'a commit with an author who breaks the header',
      async () =>
        octokit().git.createCommit({
          ...repo,
          message: 'x',
          tree: (await test.repository.git.treeOf(head))!,
          author: { name: 'x\ntree', email: 'x@y' },
        }),
      422,
      'Validation Failed',
    ],
    [
      'a ref that exists',
      () =>
        octokit().git.createRef({ ...repo, ref: 'refs/heads/main', sha: head }),
      422,
      'Reference already exists',
    ],
    [
      'a ref outside refs/',
      () => octokit().git.createRef({ ...repo, ref: 'main', sha: head }),
      422,
      "Reference name must start with 'refs/'",
    ],
    [
      'a malformed ref',
      () =>
        octokit().git.createRef({
          ...repo,
          ref: 'refs/heads/a..b',
          sha: head,
        }),
      422,
      'is not a valid ref name',
    ],
    [
      'a ref to nothing',
      () =>
        octokit().git.createRef({
          ...repo,
          ref: 'refs/heads/x',
          sha: NO_OBJECT,
        }),
      422,
      'Object does not exist',
    ],
    [
      'moving a ref that does not exist',
      () => octokit().git.updateRef({ ...repo, ref: 'heads/x', sha: head }),
      422,
      'Reference does not exist',
    ],
    [
      'reading a ref that does not exist',
      () => octokit().git.getRef({ ...repo, ref: 'heads/x' }),
      404,
      'Not Found',
    ],
    [
      'a commit that does not exist',
      () => octokit().repos.getCommit({ ...repo, ref: 'nothing' }),
      422,
      'No commit found for SHA: nothing',
    ],
    [
      'a branch that does not exist',
      () => octokit().repos.getBranch({ ...repo, branch: 'nothing' }),
      404,
      'Branch not found',
    ],
    [
      'contents of a branch that does not exist',
      () => octokit().repos.getContent({ ...repo, path: 'x', ref: 'nothing' }),
      404,
      'No commit found for the ref nothing',
    ],
    [
      'a pull request from a branch that does not exist',
      () =>
        octokit().pulls.create({
          ...repo,
          title: 't',
          head: 'nothing',
          base: 'main',
        }),
      422,
      'Validation Failed: {"resource":"PullRequest","code":"invalid","field":"head"}',
    ],
    [
      'a pull request without commits',
      async () => {
        await test.repository.git.createRef('refs/heads/same', head);
        await octokit().pulls.create({
          ...repo,
          title: 't',
          head: 'same',
          base: 'main',
        });
      },
      422,
      'No commits between main and same',
    ],
  ])('%s', async (_, request, status, message) => {
    await expect(request()).rejects.toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
  });

  it('and nothing has changed', async () => {
    expect(await test.repository.git.listRefs('refs/heads/')).toEqual([
      { name: 'refs/heads/main', sha: head, type: 'commit' },
      { name: 'refs/heads/same', sha: head, type: 'commit' },
    ]);
    expect(await test.repository.pullRequests.list()).toEqual([]);
  });
});
