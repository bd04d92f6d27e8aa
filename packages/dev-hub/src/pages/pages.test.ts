import { TestHost, TEST_FILES } from '../github/__testUtils__/TestHost';

const AUTHOR = {
  name: 'Mallory <script>',
  email: 'm@acme.example',
  date: new Date('2026-01-03T00:00:00Z'),
};

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('pages', () => {
  let test: TestHost;
  beforeEach(async () => {
    test = await TestHost.start({
      clock: () => new Date('2026-01-03T00:05:00Z'),
    });
  });
  afterEach(() => test.stop());

  const get = async (path: string) => {
    const response = await fetch(`${test.url}/acme/fleet-gitops${path}`);
    return { status: response.status, text: await response.text() };
  };
  const post = async (path: string, origin = test.url, body = '') => {
    const response = await fetch(`${test.url}/acme/fleet-gitops${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        ...(origin ? { origin } : {}),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  const openPull = async (body = 'Text', branch = 'fleet/onboard/x') => {
    const { git, pullRequests } = test.repository;
    const head = await git.resolve('main');
    await git.createRef(`refs/heads/${branch}`, head!);
    await git.commitFiles({
      branch,
      changes: new Map([
        ['services/payments/values.yaml', 'image:\n  tag: <b>1.0.1</b>\n'],
      ]),
      message: 'Set <i>tag</i>',
      author: { ...AUTHOR, name: 'Ada' },
    });
    return pullRequests.create({
      title: 'Promote <payments>',
      body,
      head: branch,
      base: 'main',
      author: { login: 'ada', name: 'Ada Lovelace', email: 'a@b', id: 1 },
    });
  };

  it('shows files, README and history of a branch', async () => {
    const home = await get('');
    expect(home.status).toBe(200);
    expect(home.text).toContain('<h1>Fleet</h1>');
    expect(home.text).toContain('Hello <b>world</b>');
    expect(home.text).toContain('href="/acme/fleet-gitops/tree/main/clusters"');
    const file = await get('/blob/main/clusters/spoke-eu.yaml');
    expect(file.text).toContain('<a href="#L2">2</a>');
    expect(file.text).toContain('name: spoke-eu');
    const raw = await get('/raw/main/clusters/spoke-eu.yaml');
    expect(raw.text).toBe(TEST_FILES.get('clusters/spoke-eu.yaml'));
    const commits = await get('/commits/main');
    expect(commits.text).toContain('Start the fleet');
    expect((await get('/tree/v1/services')).text).toContain('payments');
    const owner = await fetch(`${test.url}/acme`);
    expect(await owner.text()).toContain('acme/fleet-gitops');
  });

  it('finds files on branches with slashes in their name', async () => {
    await openPull();
    const shown = await get(
      '/blob/fleet/onboard/x/services/payments/values.yaml',
    );
    expect(shown.text).toContain('tag: &lt;b&gt;1.0.1&lt;/b&gt;');
    const compared = await get('/compare/main...fleet/onboard/x');
    expect(compared.text).toContain('Set &lt;i&gt;tag&lt;/i&gt;');
    expect((await get('/branches')).text).toContain('0 behind, 1 ahead');
  });

  it('shows a commit with its diff and nobody injects markup', async () => {
    const commit = await test.repository.git.commitFiles({
      branch: 'main',
      changes: new Map([
        ['<img src=x onerror=alert(1)>.yaml', '</table><script>x</script>'],
        ['clusters/spoke-eu.yaml', 'kind: Secret\nname: spoke-eu-2\n'],
      ]),
      message: '<script>alert(1)</script>',
      author: { ...AUTHOR, name: 'Mallory' },
    });
    for (const path of [
      '',
      `/commit/${commit.sha}`,
      '/commits/main',
      '/branches',
    ]) {
      const { text } = await get(path);
      expect(text).not.toMatch(/<script|<img src=x/);
    }
    const { text } = await get(`/commit/${commit.sha}`);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).toContain('name: <mark>spoke-eu</mark>');
    expect(text).toContain('name: <mark>spoke-eu-2</mark>');
  });

  it('says what is missing', async () => {
    const cases = [
      ['/tree/nothing', 'There is no branch, tag or commit nothing'],
      ['/blob/main/nothing', 'There is no nothing on main'],
      ['/commit/nothing', 'There is no commit nothing'],
      ['/pull/7', 'There is no pull request #7'],
      ['/nothing', 'There is no page at /acme/fleet-gitops/nothing'],
      ['-2', 'There is no repository acme/fleet-gitops-2'],
    ];
    for (const [path, text] of cases) {
      const page = await get(path);
      expect([page.status, page.text]).toEqual([
        404,
        expect.stringContaining(text),
      ]);
    }
  });

  it('shows and merges a pull request', async () => {
    await openPull(
      'Creates **2** Applications\n\n<!-- fleet-operation: 1 -->\n',
    );
    const open = await get('/pull/1');
    expect(open.text).toContain('Promote &lt;payments&gt;');
    expect(open.text).toContain('Creates <strong>2</strong> Applications');
    expect(open.text).not.toContain('fleet-operation');
    expect(open.text).toContain('wants to merge');
    expect((await get('/pulls')).text).toContain(
      'href="/acme/fleet-gitops/pull/1"',
    );

    const sha = /name="sha" value="(\w+)"/.exec(open.text)![1];
    expect((await post('/pull/1/merge', test.url, `sha=${sha}`)).status).toBe(
      303,
    );
    const merged = await get('/pull/1');
    expect(merged.text).toContain('Guest merged into');
    expect(merged.text).not.toContain('<form');
    const { files } = await test.repository.git.snapshot('main');
    expect(files.get('services/payments/values.yaml')).toContain('1.0.1');
    expect((await get('/pulls?state=closed')).text).toContain('#1 merged');
    const twice = await post('/pull/1/merge', test.url);
    expect(twice.status).toBe(409);
    expect(twice.text).toContain('Pull Request is not mergeable');
  });

  it('merges only what was looked at', async () => {
    await openPull();
    const page = await get('/pull/1');
    const sha = /name="sha" value="(\w+)"/.exec(page.text)![1];
    await test.repository.git.commitFiles({
      branch: 'fleet/onboard/x',
      changes: new Map([['more', 'x']]),
      message: 'More',
      author: { ...AUTHOR, name: 'Ada' },
    });
    const answer = await post('/pull/1/merge', test.url, `sha=${sha}`);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Head branch was modified');
    expect((await test.repository.pullRequests.get(1))?.state).toBe('open');
  });

  it('closes a pull request, and tells of conflicts', async () => {
    await openPull();
    await test.repository.git.commitFiles({
      branch: 'main',
      changes: new Map([['services/payments/values.yaml', 'other']]),
      message: 'Other',
      author: { ...AUTHOR, name: 'Ada' },
    });
    const conflict = await get('/pull/1');
    expect(conflict.text).toContain('Conflicts with the base branch');
    expect(conflict.text).toMatch(/<button[^>]* disabled>/);
    expect((await post('/pull/1/close')).status).toBe(303);
    expect((await get('/pull/1')).text).toContain('Closed without merging');
  });

  it('refuses forms that did not come from its own pages', async () => {
    await openPull();
    for (const origin of ['https://evil.example', '', 'null']) {
      expect((await post('/pull/1/merge', origin)).status).toBe(403);
    }
    expect((await test.repository.pullRequests.get(1))?.state).toBe('open');
  });

  it('sends no scripts and loads nothing from elsewhere', async () => {
    const response = await fetch(`${test.url}/acme/fleet-gitops`);
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'; style-src 'self'",
    );
    const style = await fetch(`${test.url}/-/style.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(await style.text()).toContain('prefers-color-scheme: dark');
  });
});
