import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { seedRepository } from './seedRepository';

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

describe('seedRepository', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'seed-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const ada = { name: 'Ada Lovelace', email: 'ada@acme.example' };
  const bob = { name: 'Bob', email: 'bob@acme.example' };
  const commits = [
    {
      changes: new Map([
        ['README.md', '# Fleet\n'],
        ['services/pay ments/"x".yaml', 'a: ü\n'],
      ]),
      message: 'Start',
      author: ada,
      date: new Date('2026-01-02T03:04:05Z'),
      tag: 'v1',
    },
    {
      changes: new Map([
        ['README.md', undefined],
        ['b', 'b'],
      ] as const),
      message: 'Second\n\nBody',
      author: bob,
      date: new Date('2026-01-03T00:00:00Z'),
    },
    {
      changes: new Map([['c', 'c']]),
      message: 'Topic',
      author: ada,
      date: new Date('2026-01-04T00:00:00Z'),
      branch: 'topic',
    },
  ];

  it('writes a history with authors, dates, branches and tags', async () => {
    const repository = await seedRepository({
      directory,
      owner: 'acme',
      name: 'fleet-gitops',
      commits,
    });
    const head = await repository.resolve('main');
    const log = await repository.log({ from: head! });
    expect(log.map(c => [c.message, c.author])).toEqual([
      ['Second\n\nBody', { ...bob, date: commits[1].date }],
      ['Start', { ...ada, date: commits[0].date }],
    ]);
    expect((await repository.snapshot('main')).files).toEqual(
      new Map([
        ['b', 'b'],
        ['services/pay ments/"x".yaml', 'a: ü\n'],
      ]),
    );
    expect(await repository.resolve('v1')).toBe(log[1].sha);
    expect([...(await repository.snapshot('topic')).files.keys()]).toEqual([
      'b',
      'c',
      'services/pay ments/"x".yaml',
    ]);
    repository.close();

    const again = await seedRepository({
      directory,
      owner: 'acme',
      name: 'fleet-gitops',
      commits: [commits[0]],
    });
    expect(await again.resolve('main')).toBe(head);
    again.close();
  });

  it.each(['../x', '.git/config', '/abs', 'a//b', 'a\\b', 'GIT~1', 'a\nb', ''])(
    'refuses the path %j',
    async path => {
      await expect(
        seedRepository({
          directory,
          owner: 'acme',
          name: 'x',
          commits: [{ ...commits[0], changes: new Map([[path, 'x']]) }],
        }),
      ).rejects.toThrow('is not allowed');
    },
  );

  it('refuses names that leave the directory', async () => {
    await expect(
      seedRepository({ directory, owner: '..', name: 'x', commits: [] }),
    ).rejects.toThrow('repository owner');
  });
});
