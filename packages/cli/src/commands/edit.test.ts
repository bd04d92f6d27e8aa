import { runFleet } from '../__testUtils__/runFleet';

async function edit(...lines: string[]) {
  const { code, out, error } = await runFleet(['edit'], [lines.join('\n')]);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  return out
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

const request = (id: unknown, source: string, ...edits: object[]) =>
  JSON.stringify({ id, source, edits });

describe('fleet edit', () => {
  it('answers each line in order: edited, refused, or not understood', async () => {
    expect(
      await edit(
        request(
          1,
          'tag: v1 # now\nlist:\n- a\n',
          { op: 'set', path: ['tag'], value: '1.10' },
          { op: 'insert', path: ['list'], index: 0, value: 'b' },
          { op: 'append', path: ['list'], value: { c: [1] } },
        ),
        request('two', 'a: &x 1\nb: *x\n', {
          op: 'set',
          path: ['b'],
          value: 2,
        }),
        '',
        'no JSON',
        request(3, 'a: {b: 1}\n', {
          op: 'add',
          path: ['a'],
          key: 'c',
          value: null,
        }),
      ),
    ).toEqual([
      {
        id: 1,
        output: 'tag: "1.10" # now\nlist:\n- b\n- a\n- c:\n  - 1\n',
      },
      {
        id: 'two',
        refused: {
          reason: 'alias',
          line: 2,
          message: expect.stringMatching(/^line 2: `\*x` .+ is an alias\. /),
        },
      },
      {
        id: null,
        refused: {
          reason: 'invalid-request',
          line: 0,
          message: expect.stringMatching(/^The line is not valid JSON: /),
        },
      },
      { id: 3, output: 'a: {b: 1, c: null}\n' },
    ]);
  });

  it.each<[string, object, string]>([
    ['path and key', { path: ['a'], key: 'b' }, 'a:\n  c: [1, 2]\n'],
    [
      'path and index',
      { path: ['a', 'c'], index: 0 },
      'a:\n  b: 1\n  c: [2]\n',
    ],
    ['the whole path', { path: ['a', 'c', 1] }, 'a:\n  b: 1\n  c: [1]\n'],
  ])('removes what %s leads to', async (_case, target, output) => {
    const source = 'a:\n  b: 1\n  c: [1, 2]\n';
    expect(await edit(request(1, source, { op: 'remove', ...target }))).toEqual(
      [{ id: 1, output }],
    );
  });

  it('replaces and renames', async () => {
    const answers = await edit(
      request(
        1,
        'a: # all\n  b: 1\nc: 2\n',
        { op: 'set', path: ['a'], value: ['on', { d: null }] },
        { op: 'rename', path: ['c'], key: 'no' },
      ),
    );
    expect(answers).toEqual([
      { id: 1, output: 'a: # all\n  - "on"\n  - d: null\n"no": 2\n' },
    ]);
  });

  it('answers whatever a line holds', async () => {
    const lines = [
      'null',
      '[]',
      '"text"',
      '{"id": {"deep": [1]}, "source": 1, "edits": []}',
      '{"id": 1, "source": "a: 1", "edits": [null]}',
      '{"id": 2, "source": "a: [", "edits": []}',
      `{"id": 3, "source": ${JSON.stringify(
        '['.repeat(20000),
      )}, "edits": [{"op": "set", "path": ["a"], "value": 1}]}`,
      '{"id": 4, "source": "a: 1", "edits": [{"op": "add", "path": [], "key": "__proto__", "value": {"__proto__": 1}}]}',
      '\u0000',
    ];
    const answers = await edit(...lines);
    expect(answers).toHaveLength(lines.length);
    expect(
      answers.map(({ id, output, refused }) => [id, output ?? refused.reason]),
    ).toEqual([
      [null, 'invalid-request'],
      [null, 'invalid-request'],
      [null, 'invalid-request'],
      [{ deep: [1] }, 'invalid-request'],
      [1, 'invalid-request'],
      [2, 'a: ['],
      [3, expect.any(String)],
      [4, 'a: 1\n__proto__:\n  __proto__: 1'],
      [null, 'invalid-request'],
    ]);
  });

  it('edits one document of several', async () => {
    const answers = await edit(
      request(1, 'a: 1\n---\na: 1\n', {
        op: 'set',
        path: ['a'],
        value: 2,
        document: 1,
      }),
    );
    expect(answers).toEqual([{ id: 1, output: 'a: 1\n---\na: 2\n' }]);
  });

  it('makes no edit where one is refused', async () => {
    const [{ output, refused }] = await edit(
      request(
        1,
        'a: 1\n',
        { op: 'set', path: ['a'], value: 2 },
        { op: 'set', path: ['b'], value: 2 },
      ),
    );
    expect(output).toBeUndefined();
    expect(refused.reason).toBe('missing');
  });

  it.each<[object, RegExp]>([
    [{ op: 'jump', path: [] }, /^edits\[0\]: `op` must be set, /],
    [{ op: 'set', path: 'a', value: 1 }, /`path` must be a list/],
    [{ op: 'set', path: ['a'] }, /`value` is missing/],
    [{ op: 'rename', path: ['a'] }, /`key` must be a string/],
    [{ op: 'rename', path: [], key: 'b' }, /`path` must not be empty/],
    [
      { op: 'set', path: ['a'], value: 2 ** 60 },
      /`value` has a number too large/,
    ],
    [{ op: 'add', path: [], value: 1 }, /`key` must be a string/],
    [{ op: 'insert', path: ['a'], value: 1 }, /`index` must be a number/],
    [{ op: 'remove', path: [] }, /`path` must not be empty/],
    [{ op: 'remove', path: ['a'], document: -1 }, /`document` must be/],
  ])('does not understand %j', async (input, message) => {
    expect(await edit(request(7, 'a: 1\n', input))).toEqual([
      {
        id: 7,
        refused: {
          reason: 'invalid-request',
          line: 0,
          message: expect.stringMatching(message),
        },
      },
    ]);
  });

  it('reads lines that arrive in pieces, and only ends them at a line feed', async () => {
    const line = `${JSON.stringify({
      id: 1,
      source: 'a: é\u2028\n',
      edits: [{ op: 'add', path: [], key: 'b', value: 'ü' }],
    })}\n`;
    const bytes = [...Buffer.from(line)].map(byte => Buffer.from([byte]));
    const { out } = await runFleet(['edit'], bytes as any);
    expect(JSON.parse(out)).toEqual({ id: 1, output: 'a: é\u2028\nb: "ü"\n' });
  });
});
