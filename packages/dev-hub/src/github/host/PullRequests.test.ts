import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { GitHostState } from './GitHost';

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

const ada = {
  login: 'ada',
  name: 'Ada',
  email: 'ada@acme.example',
  id: 1,
};

describe('PullRequests', () => {
  let root: string;
  let now: Date;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'pulls-'));
    now = new Date('2026-01-02T00:00:00Z');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function open() {
    const state = await GitHostState.open({
      root,
      tokens: [],
      clock: () => now,
      repositories: [
        {
          owner: 'acme',
          name: 'x',
          commits: [
            {
              changes: new Map([['a', '1']]),
              message: 'Start',
              author: ada,
              date: now,
            },
          ],
        },
      ],
    });
    const repository = state.repository('Acme', 'x.git')!;
    const commit = (branch: string, content: string) =>
      repository.git.commitFiles({
        branch,
        changes: new Map([['a', content]]),
        message: content,
        author: { ...ada, date: now },
      });
    return { state, commit, ...repository };
  }

  it('are still there after a restart, with their comments', async () => {
    const first = await open();
    const main = await first.git.resolve('main');
    await first.git.createRef('refs/heads/topic', main!);
    await first.commit('topic', '2');
    await first.pullRequests.create({
      title: 'T',
      head: 'topic',
      base: 'main',
      author: ada,
    });
    await first.pullRequests.comment(1, 'Hello', ada);
    const before = await first.pullRequests.list();
    first.state.close();

    const second = await open();
    expect(await second.pullRequests.list()).toEqual(before);
    // It follows its branches again.
    const head = await second.commit('topic', '3');
    now = new Date('2026-01-03T00:00:00Z');
    const merged = await second.pullRequests.merge(1, { actor: ada });
    expect(merged).toMatchObject({
      headSha: head.sha,
      mergedAt: now.toISOString(),
      mergedBy: 'ada',
      baseSha: main,
    });
    second.state.close();
  });

  it('lets one of two simultaneous merges win', async () => {
    const { state, git, commit, pullRequests } = await open();
    for (const [branch, content] of [
      ['one', '2'],
      ['two', '3'],
    ]) {
      await git.createRef(`refs/heads/${branch}`, (await git.resolve('main'))!);
      await commit(branch, content);
      await pullRequests.create({
        title: branch,
        head: branch,
        base: 'main',
        author: ada,
      });
    }
    const results = await Promise.allSettled([
      pullRequests.merge(1, { actor: ada }),
      pullRequests.merge(2, { actor: ada }),
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled', value: { number: 1 } },
      { status: 'rejected', reason: { reason: 'conflict' } },
    ]);
    expect((await git.snapshot('main')).files.get('a')).toBe('2');
    state.close();
  });
});
