import type { GitRepository } from '@backstage-fleet/plugin-fleet-node';
import { TestGitHost } from '../__testUtils__/gitHost';

// Each test runs Git processes.
jest.setTimeout(60_000);

const FILES = new Map([['clusters/a.yaml', 'name: a\n']]);

describe('pull requests of a repository on GitHub', () => {
  let host: TestGitHost;
  let repository: GitRepository;

  const start = async () => {
    host = await TestGitHost.start({ files: FILES });
    repository = await host.client().open(host.url);
    return repository.resolve('main');
  };
  afterEach(() => host.stop());

  const proposal = (
    baseSha: string,
    changes: Record<string, string | undefined>,
  ) => ({
    base: 'main',
    baseSha,
    branch: 'fleet/test',
    changes: new Map(Object.entries(changes)),
    message: 'Change it\n\nFleet-Change: 1',
    title: 'Change it',
    body: 'Why',
  });

  it('opens one, adopts it the second time and writes nothing then', async () => {
    const head = await start();
    const ours = proposal(head.sha, { 'clusters/a.yaml': 'ours\n' });
    const first = await repository.ensurePullRequest(ours);
    expect(first).toMatchObject({
      adopted: false,
      pullRequest: { number: 1, state: 'open', url: `${host.url}/pull/1` },
    });
    const second = await repository.ensurePullRequest(ours);
    expect(second).toMatchObject({
      adopted: true,
      pullRequest: { number: 1 },
      commit: { sha: first.commit!.sha },
    });
    expect(await host.log('fleet/test')).toEqual([ours.message, 'Start']);
    expect(await host.log()).toEqual(['Start']);
  });

  it('moves its own branch forward', async () => {
    const head = await start();
    await repository.ensurePullRequest(
      proposal(head.sha, { 'clusters/a.yaml': 'one\n' }),
    );
    await repository.ensurePullRequest({
      ...proposal(head.sha, { 'clusters/a.yaml': 'two\n' }),
      body: 'Why, again',
    });
    expect(await host.log('fleet/test')).toHaveLength(3);
    expect((await host.files('fleet/test')).get('clusters/a.yaml')).toBe(
      'two\n',
    );
    expect(await host.pullRequests()).toMatchObject([{ body: 'Why, again' }]);
  });

  it('leaves a branch alone that holds a commit of a person', async () => {
    const head = await start();
    await repository.ensurePullRequest(
      proposal(head.sha, { 'clusters/a.yaml': 'one\n' }),
    );
    const theirs = await host.commit(
      { 'clusters/a.yaml': 'corrected\n' },
      { branch: 'fleet/test' },
    );
    const result = await repository.ensurePullRequest(
      proposal(head.sha, { 'clusters/a.yaml': 'two\n' }),
    );
    expect(result).toMatchObject({ adopted: true, commit: { sha: theirs } });
    expect(await host.git.resolve('fleet/test')).toBe(theirs);
  });

  it('refuses a branch without pull request that is not its own', async () => {
    const head = await start();
    await host.commit({ x: 'y' }, { branch: 'fleet/test' });
    await expect(
      repository.ensurePullRequest(proposal(head.sha, { x: 'z' })),
    ).rejects.toThrow(/holds commits that were not made here/);
    expect(await host.pullRequests()).toEqual([]);
  });

  it('opens the pull request of a branch that an earlier run left', async () => {
    const head = await start();
    const ours = proposal(head.sha, { 'clusters/a.yaml': 'ours\n' });
    host.faults.inject({
      kind: 'respond',
      method: 'POST',
      path: '/pulls$',
      status: 422,
      message: 'Invalid request',
    });
    await expect(repository.ensurePullRequest(ours)).rejects.toThrow(
      /Invalid request/,
    );
    const before = await host.git.resolve('fleet/test');
    const result = await repository.ensurePullRequest(ours);
    expect(result.pullRequest.state).toBe('open');
    expect(await host.git.resolve('fleet/test')).toBe(before);
  });

  it('adopts the one whose answer was lost', async () => {
    const head = await start();
    host.faults.inject({
      kind: 'respond',
      method: 'POST',
      path: '/pulls$',
      status: 502,
      when: 'after',
    });
    const result = await repository.ensurePullRequest(
      proposal(head.sha, { 'clusters/a.yaml': 'ours\n' }),
    );
    expect(result).toMatchObject({ pullRequest: { number: 1 } });
    expect(await host.pullRequests()).toHaveLength(1);
  });

  it('reports merged and closed ones', async () => {
    const head = await start();
    const ours = proposal(head.sha, { 'clusters/a.yaml': 'ours\n' });
    await repository.ensurePullRequest(ours);
    await host.close(1);
    expect(await repository.ensurePullRequest(ours)).toMatchObject({
      pullRequest: { number: 1, state: 'closed' },
    });

    const other = { ...ours, branch: 'fleet/other' };
    await repository.ensurePullRequest(other);
    await host.merge(2);
    expect(await repository.ensurePullRequest(other)).toMatchObject({
      pullRequest: { number: 2, state: 'merged' },
    });
    expect(await repository.pullRequest(2)).toMatchObject({
      state: 'merged',
      mergeCommit: await host.git.resolve('main'),
    });
  });
});
