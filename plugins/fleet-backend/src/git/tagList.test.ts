import { TestGitHost } from '../__testUtils__/gitHost';
import { silentLogger } from '../__testUtils__/silentLogger';
import { GitHubApi } from './githubApi';
import { createGitHubClient } from './githubClient';
import { parseRepositoryAddress } from './repositoryAddress';
import { TagList } from './tagList';

// Starts a Git host.
jest.setTimeout(60_000);

const PATH = 'GET /repos/acme/fleet-gitops/tags';

describe('TagList', () => {
  let host: TestGitHost;
  let api: GitHubApi;
  /** What the host answered to each request. */
  const statuses: number[] = [];

  const tag = async (...names: string[]) => {
    const sha = (await host.git.resolve('main'))!;
    for (const name of names)
      await host.git.createRef(`refs/tags/${name}`, sha);
  };
  const read = async (list: TagList) => {
    statuses.length = 0;
    host.requests.length = 0;
    const { tags, complete } = await list.read();
    expect(new Set(host.requests)).toEqual(new Set([PATH]));
    return { names: tags.map(({ name }) => name), complete };
  };

  beforeEach(async () => {
    host = await TestGitHost.start({ files: new Map([['a', 'b']]) });
    const client = createGitHubClient({
      apiBaseUrl: new URL('/api/v3', host.url).href,
      limiterId: 'tags',
      token: async () => 'reader',
      logger: silentLogger,
      unthrottled: true,
      retryBaseMs: 1,
    });
    client.hook.wrap('request', async (request, options) => {
      try {
        const answer = await request(options);
        statuses.push(answer.status);
        return answer;
      } catch (error) {
        statuses.push((error as { status: number }).status);
        throw error;
      }
    });
    api = new GitHubApi(parseRepositoryAddress(host.url), client);
  });
  afterEach(() => host.stop());

  it('has the tags of all pages, the newest version first wherever it was listed', async () => {
    await tag('v1.10.0', 'v1.2.0', 'v1.9.0', 'nightly', 'v1.10.0-rc.1');
    const list = new TagList(api, { pageSize: 2 });
    expect(await read(list)).toEqual({
      names: ['v1.10.0', 'v1.10.0-rc.1', 'v1.9.0', 'v1.2.0', 'nightly'],
      complete: true,
    });
    expect(statuses).toEqual([200, 200, 200]);

    // Nothing is new.
    expect((await read(list)).names).toHaveLength(5);
    expect(statuses).toEqual([304, 304, 304]);

    // The new one is on the last page, whose neighbours are as they were.
    await tag('v1.1.0');
    expect((await read(list)).names[4]).toBe('v1.1.0');
    expect(statuses.slice(0, 2)).toEqual([304, 304]);
  });

  it('ends with the last page, also where it is full', async () => {
    const list = new TagList(api, { pageSize: 2 });
    expect(await read(list)).toEqual({ names: [], complete: true });
    expect(statuses).toEqual([200]);
    await tag('a', 'b');
    expect(await read(list)).toEqual({ names: ['b', 'a'], complete: true });
    expect(statuses).toEqual([200]);
  });

  it('says where it stopped before the end, and reads on when tags are gone', async () => {
    await tag('a', 'b', 'c', 'd', 'e');
    const list = new TagList(api, { pageSize: 2, mostPages: 2 });
    const { names, complete } = await read(list);
    expect([names.sort(), complete]).toEqual([['b', 'c', 'd', 'e'], false]);
    const sha = (await host.git.resolve('refs/tags/e'))!;
    await host.git.deleteRef('refs/tags/e', sha);
    expect((await read(list)).complete).toBe(true);
  });

  it('says why a page cannot be read', async () => {
    host.gate = () => 'lose-request';
    await expect(new TagList(api).read()).rejects.toThrow(/acme\/fleet-gitops/);
  });
});
