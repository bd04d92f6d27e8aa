import type { GitTagList } from '@backstage-fleet/plugin-fleet-node';
import type { DeclaredService } from '../../store';
import { TestGitHost } from '../../__testUtils__/gitHost';
import { deny, FleetApi, reads, readsIf } from '../__testUtils__/fleetApi';

// Starts a Git host.
jest.setTimeout(60_000);

const PATH = '/services/payments/versions';
const URL = 'https://git.test/acme/payments';

describe('GET /services/{service}/versions', () => {
  let api: FleetApi;
  let tags: jest.Mock<Promise<GitTagList>>;
  const tag = (name: string) => ({ name, sha: 'a', url: `${URL}/x` });

  const declare = (more: Partial<DeclaredService> = {}) =>
    api.store.setDeclaredServices([
      {
        name: 'payments',
        title: 'Payments',
        entityRef: 'component:default/payments',
        owner: 'group:default/team-payments',
        source: URL,
        claims: [],
        ...more,
      },
    ]);

  beforeEach(async () => {
    api = await FleetApi.start();
    tags = jest.fn(async () => ({ tags: [tag('v1.6.0')], complete: true }));
    api.gitHosts.push({
      handles: url => url.startsWith('https://git.test/'),
      open: async () => ({ tags } as any),
    });
    await declare();
  });

  it('has the tags of the source repository, read once a minute', async () => {
    const [one, two] = await Promise.all([api.get(PATH), api.get(PATH)]);
    expect(one.body).toEqual({
      items: [{ text: '1.6.0', tag: { name: 'v1.6.0', url: `${URL}/x` } }],
    });
    expect(two.body).toEqual(one.body);
    await api.clock.advance(59_999);
    const again = await api.get(PATH, { 'if-none-match': one.headers.etag });
    expect(again.status).toBe(304);
    expect(tags).toHaveBeenCalledTimes(1);

    tags.mockResolvedValue({
      tags: [{ name: 'v1.7.0', sha: 'b' }],
      complete: true,
    });
    await api.clock.advance(1);
    const later = await api.get(PATH, { 'if-none-match': one.headers.etag });
    expect(later.body.items).toEqual([
      { text: '1.7.0', tag: { name: 'v1.7.0' } },
    ]);
    expect(tags).toHaveBeenCalledTimes(2);
  });

  it('says why there are none, and asks a host that failed again', async () => {
    tags.mockRejectedValueOnce(new Error('The token is refused.'));
    expect(await api.body(PATH)).toEqual({
      items: [],
      problem: `The tags of ${URL} cannot be read: The token is refused.`,
    });
    expect((await api.body(PATH)).items).toHaveLength(1);
  });

  it('says that there are more tags than were read', async () => {
    tags.mockResolvedValue({
      tags: [tag('v1.6.0'), tag('v1.5.0')],
      complete: false,
    });
    const { items, incomplete } = await api.body(PATH);
    expect(items).toHaveLength(2);
    expect(incomplete).toBe(
      `${URL} has more tags than the 2 that were read. A version that is missing here can be typed.`,
    );
  });

  it.each<[string, Partial<DeclaredService>, RegExp]>([
    [
      'no source',
      { source: undefined },
      /^component:default\/payments names no source repository: annotate it with github\.com\/project-slug/,
    ],
    [
      'the GitOps repository',
      { source: 'https://git.example/gitops-eu' },
      /is the GitOps repository gitops-eu/,
    ],
    [
      'a host that nothing serves',
      { source: 'https://elsewhere.test/acme/payments' },
      /^The tags of https:\/\/elsewhere\.test\/acme\/payments cannot be read: no integration serves it/,
    ],
    ['no entity', { name: 'other' }, /^No catalog entity declares payments/],
  ])('says that there is %s', async (_name, more, problem) => {
    await declare(more);
    const { status, body } = await api.get(PATH);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [],
      problem: expect.stringMatching(problem),
    });
    expect(tags).not.toHaveBeenCalled();
  });

  it('is shown to those who see the service', async () => {
    expect((await api.get('/services/nope/versions')).status).toBe(404);
    api.policy = readsIf('IS_SERVICE_OWNER', {
      claims: ['group:default/others'],
    });
    expect((await api.get(PATH)).status).toBe(404);
    api.policy = reads(deny);
    expect((await api.get(PATH)).status).toBe(403);
    expect((await api.anonymous('get', PATH)).status).toBe(401);
    expect(tags).not.toHaveBeenCalled();
  });

  it('reads a repository on GitHub', async () => {
    const git = await TestGitHost.start({ files: new Map([['a', 'b']]) });
    try {
      const sha = await git.commit({ a: 'c' });
      await git.git.createRef('refs/tags/v1.10.0', sha);
      await git.git.createRef('refs/tags/v1.9.0', sha);
      api.gitHosts.push(git.client());
      await declare({ source: git.url });
      expect(await api.body(PATH)).toEqual({
        items: ['1.10.0', '1.9.0'].map(text => ({
          text,
          tag: { name: `v${text}`, url: `${git.url}/tree/v${text}` },
        })),
      });
      await declare({ source: `${git.url}-gone` });
      expect((await api.body(PATH)).problem).toMatch(
        /-gone cannot be read: Repository acme\/fleet-gitops-gone was not found/,
      );
    } finally {
      await git.stop();
    }
  });
});
