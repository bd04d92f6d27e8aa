import { TestHost } from './__testUtils__/TestHost';

// As octokit-plugin-create-pull-request 5 asks it.
const QUERY = `
    query ($owner: String!, $repo: String!, $head: String!) {
      repository(name: $repo, owner: $owner) {
        ref(qualifiedName: $head) {
          associatedPullRequests(first: 1, states: OPEN) {
            edges { node { id number url } }
          }
        }
      }
    }`;

describe('GraphQL', () => {
  let test: TestHost;
  beforeAll(async () => {
    test = await TestHost.start();
  });
  afterAll(() => test.stop());

  const ask = (query: string, variables: object, token = 'writer-token') =>
    test.octokit(token).graphql<any>(query, { ...variables });
  const branch = (head: string) => ({
    owner: 'acme',
    repo: 'fleet-gitops',
    head,
  });

  it('tells the open pull request of a branch', async () => {
    const { git, pullRequests } = test.repository;
    expect(await ask(QUERY, branch('topic'))).toEqual({
      repository: { ref: null },
    });
    await git.createRef('refs/heads/topic', (await git.resolve('main'))!);
    expect(await ask(QUERY, branch('topic'))).toEqual({
      repository: { ref: { associatedPullRequests: { edges: [] } } },
    });
    await git.commitFiles({
      branch: 'topic',
      changes: new Map([['x', 'x']]),
      message: 'Change',
      author: { name: 'A', email: 'a@b', date: new Date() },
    });
    await pullRequests.create({
      title: 'Change',
      head: 'topic',
      base: 'main',
      author: { login: 'ada', name: 'Ada', email: 'a@b', id: 1 },
    });
    const { repository } = await ask(QUERY, branch('topic'));
    expect(repository.ref.associatedPullRequests.edges).toEqual([
      {
        node: {
          id: 'PR_1',
          number: 1,
          url: `${test.url}/acme/fleet-gitops/pull/1`,
        },
      },
    ]);
  });

  it.each([
    [
      'an unknown repository',
      QUERY,
      { ...branch('x'), repo: 'nothing' },
      "Could not resolve to a Repository with the name 'acme/nothing'.",
    ],
    ['another query', '{ viewer { login } }', {}, 'serves no such query'],
  ])('refuses %s', async (_, query, variables, message) => {
    await expect(ask(query, variables)).rejects.toThrow(message);
  });

  it('refuses an unknown token', async () => {
    await expect(ask(QUERY, branch('main'), 'wrong')).rejects.toMatchObject({
      status: 401,
    });
  });
});
