import { createServer } from 'http';
import type { AddressInfo } from 'net';
import express from 'express';
import { TestHost } from './__testUtils__/TestHost';
import { createFaultsHandler } from './createFaultsHandler';

const repo = { owner: 'acme', repo: 'fleet-gitops' };

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('faults', () => {
  let test: TestHost;
  let before: string;
  beforeEach(async () => {
    test = await TestHost.start();
    before = (await test.repository.git.resolve('main'))!;
  });
  afterEach(() => test.stop());

  const commit = async () => {
    const { git } = test.octokit();
    const tree = await git.createTree({
      ...repo,
      base_tree: before,
      tree: [{ path: 'x', mode: '100644', type: 'blob', content: 'x' }],
    });
    const { data } = await git.createCommit({
      ...repo,
      message: 'x',
      tree: tree.data.sha,
      parents: [before],
    });
    return data.sha;
  };
  const update = (sha: string) =>
    test.octokit().git.updateRef({ ...repo, ref: 'heads/main', sha });

  it('lets somebody else commit first', async () => {
    test.host.faults.inject({
      kind: 'advance-head',
      branch: 'main',
      changes: new Map([['theirs', '1']]),
    });
    await expect(update(await commit())).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Update is not a fast forward'),
    });
    const { files } = await test.repository.git.snapshot('main');
    expect([files.get('theirs'), files.get('x')]).toEqual(['1', undefined]);
    expect(test.host.faults.list()).toEqual([]);
  });

  it('loses the answer after the commit', async () => {
    test.host.faults.inject({
      kind: 'respond',
      method: 'patch',
      path: '/git/refs/heads/main$',
      when: 'after',
      status: 502,
      message: 'Bad Gateway',
    });
    const sha = await commit();
    await expect(update(sha)).rejects.toMatchObject({ status: 502 });
    expect(await test.repository.git.resolve('main')).toBe(sha);
  });

  it('fails the Nth request, as often as told, without doing it', async () => {
    test.host.faults.inject({
      kind: 'respond',
      method: 'POST',
      path: '/git/blobs$',
      skip: 1,
      times: 2,
      status: 500,
    });
    const create = () =>
      test
        .octokit()
        .git.createBlob({ ...repo, content: 'x' })
        .then(
          ({ status }) => status,
          error => error.status,
        );
    const seen = [];
    for (let index = 0; index < 4; index++) {
      seen.push(await create());
    }
    expect(seen).toEqual([201, 500, 500, 201]);
  });

  it('hits the rate limits', async () => {
    test.host.faults.inject(
      { kind: 'rate-limit', limit: 'secondary', retryAfterSeconds: 7 },
      { kind: 'rate-limit', limit: 'primary', skip: 0 },
    );
    const read = () =>
      test
        .octokit()
        .repos.get(repo)
        .catch(error => error);
    const secondary = await read();
    expect(secondary.message).toContain('secondary rate limit');
    expect(secondary.response.headers['retry-after']).toBe('7');
    const primary = await read();
    expect(primary.status).toBe(403);
    expect(primary.response.headers['x-ratelimit-remaining']).toBe('0');
    expect((await read()).status).toBe(200);
  });

  it('are injected over HTTP', async () => {
    const control = createServer(
      express().use(createFaultsHandler(test.host.faults)),
    );
    await new Promise<void>(resolve => {
      control.listen(0, '127.0.0.1', resolve);
    });
    const { port } = control.address() as AddressInfo;
    const send = async (method: string, body?: unknown) => {
      const response = await fetch(`http://127.0.0.1:${port}/__git/faults`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      return [response.status, await response.text()] as const;
    };
    try {
      const [status, answer] = await send('POST', {
        kind: 'advance-head',
        changes: { theirs: '2', 'README.md': null },
      });
      expect([status, JSON.parse(answer)]).toEqual([
        201,
        {
          faults: [
            {
              kind: 'advance-head',
              changes: { theirs: '2', 'README.md': null },
              skip: 0,
              times: 1,
            },
          ],
        },
      ]);
      expect(await send('POST', { kind: 'fire' })).toEqual([
        400,
        expect.stringContaining('must be one of respond, rate-limit'),
      ]);
      await expect(update(await commit())).rejects.toMatchObject({
        status: 422,
      });
      const { files } = await test.repository.git.snapshot('main');
      expect([files.get('theirs'), files.has('README.md')]).toEqual([
        '2',
        false,
      ]);
      await send('POST', [{ kind: 'respond', status: 503 }]);
      expect(JSON.parse((await send('GET'))[1]).faults).toHaveLength(1);
      expect(await send('DELETE')).toEqual([204, '']);
      expect(test.host.faults.list()).toEqual([]);
    } finally {
      control.closeAllConnections();
      control.close();
    }
  });
});
