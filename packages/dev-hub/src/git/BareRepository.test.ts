import { execFile } from 'child_process';
import { mkdtemp, readdir, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import fc from 'fast-check';
import { BareRepository } from './BareRepository';
import { gitEnvironment } from './process';
import type { TreeChange } from './types';

// Every step starts git processes; a busy machine takes its time.
jest.setTimeout(60_000);

const author = {
  name: 'Ada',
  email: 'ada@acme.example',
  date: new Date('2026-01-02T03:04:05Z'),
};

describe('BareRepository', () => {
  let directory: string;
  let repository: BareRepository;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'bare-'));
    repository = await BareRepository.open(join(directory, 'x.git'));
  });
  afterAll(async () => {
    repository.close();
    await rm(directory, { recursive: true, force: true });
  });

  const git = async (...args: string[]) =>
    (
      await promisify(execFile)(
        'git',
        [`--git-dir=${repository.directory}`, ...args],
        { env: gitEnvironment() },
      )
    ).stdout;
  const commit = (
    changes: Record<string, string | Uint8Array | undefined>,
    branch = 'main',
  ) =>
    repository.commitFiles({
      branch,
      changes: new Map(Object.entries(changes)),
      message: 'Change',
      author,
    });

  it('writes trees that mean what a file system would mean', async () => {
    const name = fc.constantFrom('a', 'b', 'ä', 'a.b', 'a-b', '0');
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map(names => names.join('/'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(path, fc.string()), { maxLength: 12 }),
        fc.array(fc.tuple(path, fc.string()), { minLength: 1, maxLength: 6 }),
        async (before, after) => {
          const expected = new Map<string, string>();
          const write = ([target, content]: [string, string]) => {
            // A file replaces a folder, and a folder replaces the file that is in its way.
            for (const other of [...expected.keys()]) {
              if (
                other.startsWith(`${target}/`) ||
                target.startsWith(`${other}/`)
              ) {
                expected.delete(other);
              }
            }
            expected.set(target, content);
          };
          const toChange = ([target, content]: [
            string,
            string,
          ]): TreeChange => ({ path: target, content });
          before.forEach(write);
          const baseTree = before.length
            ? await repository.writeTree({ changes: before.map(toChange) })
            : undefined;
          after.forEach(write);
          const tree = await repository.writeTree({
            baseTree,
            changes: after.map(toChange),
          });
          const entries = await repository.listTree(tree, { recursive: true });
          const written = await Promise.all(
            entries.map(
              async entry =>
                [
                  entry.path,
                  (await repository.readBlob(entry.sha))!.toString('utf8'),
                ] as const,
            ),
          );
          expect(Object.fromEntries(written)).toEqual(
            Object.fromEntries(expected),
          );
        },
      ),
      { numRuns: 40 },
    );
    await git('fsck', '--strict');
    expect(await readdir(join(repository.directory, 'incoming'))).toEqual([]);
  });

  it('reads snapshots of every commit, whatever was read before', async () => {
    const commits = [
      await commit({ 'a/b/c': '1', 'a/d': '2', e: '3' }, 'snapshots'),
      await commit({ 'a/b/c': '4' }, 'snapshots'),
      await commit({ 'a/d': undefined, 'a/b/c2': '1' }, 'snapshots'),
      await commit({ binary: Buffer.from([65, 0]), 'x/b/c': '4' }, 'snapshots'),
      await commit({ 'a/b/c': '1' }, 'snapshots'),
    ];
    const expected = [
      { 'a/b/c': '1', 'a/d': '2', e: '3' },
      { 'a/b/c': '4', 'a/d': '2', e: '3' },
      { 'a/b/c': '4', 'a/b/c2': '1', e: '3' },
      { 'a/b/c': '4', 'a/b/c2': '1', e: '3', 'x/b/c': '4' },
      { 'a/b/c': '1', 'a/b/c2': '1', e: '3', 'x/b/c': '4' },
    ];
    for (const index of [0, 1, 2, 3, 4, 2, 0, 4]) {
      const { sha, files } = await repository.snapshot(commits[index].sha);
      expect([sha, Object.fromEntries(files)]).toEqual([
        commits[index].sha,
        expected[index],
      ]);
    }
    await expect(repository.snapshot('nowhere')).rejects.toThrow(
      'nowhere names no commit',
    );
  });

  it('moves a ref only from where the caller saw it', async () => {
    const first = await commit({ a: '1' }, 'cas');
    const second = await commit({ a: '2' }, 'cas');
    const ref = 'refs/heads/cas';
    await expect(
      repository.updateRef(ref, first.sha, first.sha),
    ).rejects.toMatchObject({
      name: 'RefConflictError',
      expected: first.sha,
      actual: second.sha,
    });
    await expect(repository.createRef(ref, first.sha)).rejects.toThrow(
      `${ref} is at ${second.sha}, not at no commit`,
    );
    await expect(repository.deleteRef(ref, first.sha)).rejects.toThrow('is at');
    await repository.deleteRef(ref, second.sha);
    expect(await repository.readRef(ref)).toBeUndefined();
  });

  it('lands all commits of concurrent writers', async () => {
    await commit({ start: '' }, 'many');
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        commit({ [`f${index}`]: '' }, 'many'),
      ),
    );
    const { files } = await repository.snapshot('many');
    expect([...files.keys()].sort()).toEqual([
      'f0',
      'f1',
      'f2',
      'f3',
      'f4',
      'f5',
      'start',
    ]);
  });

  it('reports refs that another process moved, once', async () => {
    const { sha } = await commit({ a: '1' }, 'watched');
    const seen: unknown[] = [];
    const stop = repository.onRefChanged(change => seen.push(change));
    await git('update-ref', 'refs/heads/other', sha);
    await git('update-ref', '-d', 'refs/heads/watched');
    await repository.refreshRefs();
    await repository.refreshRefs();
    stop();
    await commit({ a: '2' }, 'other');
    expect(seen).toEqual([
      { ref: 'refs/heads/watched', before: sha, after: undefined },
      { ref: 'refs/heads/other', before: undefined, after: sha },
    ]);
  });

  it('goes on after git refused an object', async () => {
    const tree = await repository.writeTree({
      changes: [{ path: 'a', content: 'x' }],
    });
    const good = { tree, parents: [], message: 'm', author, committer: author };
    await expect(
      repository.writeCommit({ ...good, tree: 'not a tree' }),
    ).rejects.toThrow('git hash-object ended');
    expect((await repository.writeCommit(good)).message).toBe('m');
  });

  it('finds renames, binary files and mode changes in a diff', async () => {
    const text = Array.from({ length: 20 }, (_, line) => `line ${line}\n`);
    const before = await commit(
      { old: text.join(''), gone: 'x', binary: Buffer.from([0]) },
      'diff',
    );
    const after = await commit(
      {
        old: undefined,
        new: text.join('').replace('line 3', 'line three'),
        gone: undefined,
        binary: Buffer.from([0, 1]),
        'with\ttab "quoted" ä': undefined,
      },
      'diff',
    ).catch(error => error);
    // Deleting what is not there is an error, and nothing was written.
    expect(after.message).toContain('control characters');
    const changed = await commit(
      {
        old: undefined,
        new: text.join('').replace('line 3', 'line three'),
        gone: undefined,
        binary: Buffer.from([0, 1]),
        'quoted "ä"': '+++ not a header\n',
      },
      'diff',
    );
    const files = await repository.diff(before.sha, changed.sha);
    expect(
      files.map(({ path, previousPath, status, additions, deletions }) => ({
        path,
        previousPath,
        status,
        counts: [additions, deletions],
      })),
    ).toEqual([
      { path: 'binary', status: 'modified', counts: [0, 0] },
      { path: 'gone', status: 'removed', counts: [0, 1] },
      { path: 'new', previousPath: 'old', status: 'renamed', counts: [1, 1] },
      { path: 'quoted "ä"', status: 'added', counts: [1, 0] },
    ]);
    expect(files.map(file => file.patch?.split('\n').at(-1))).toEqual([
      undefined,
      '\\ No newline at end of file',
      ' line 6',
      '++++ not a header',
    ]);
  });

  it('merges, and names what conflicts', async () => {
    const base = await commit({ a: '1\n', b: '1\n' }, 'merge');
    await repository.createRef('refs/heads/topic', base.sha);
    const ours = await commit({ a: 'ours\n' }, 'merge');
    const theirs = await commit({ b: 'theirs\n' }, 'topic');
    const merged = await repository.mergeTrees(ours.sha, theirs.sha);
    const entries = await repository.listTree(merged.tree!);
    const texts = entries.map(async entry =>
      String(await repository.readBlob(entry.sha)),
    );
    expect(await Promise.all(texts)).toEqual(['ours\n', 'theirs\n']);
    const conflicting = await commit({ a: 'theirs\n' }, 'topic');
    expect(await repository.mergeTrees(ours.sha, conflicting.sha)).toEqual({
      conflicts: ['a'],
    });
    expect(await repository.mergeBase(ours.sha, conflicting.sha)).toBe(
      base.sha,
    );
  });
});
