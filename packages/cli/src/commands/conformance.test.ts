import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runFleet } from '../__testUtils__/runFleet';

const template = (name: string, output: string) => ({
  name,
  kind: 'template',
  template: '{{ .a | upper }}',
  params: { a: 'x' },
  expect: { output },
});

describe('fleet conformance', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'fleet-cli-'));
    mkdirSync(join(directory, 'deep', 'deeper'), { recursive: true });
    const write = (path: string, content: string | Buffer) =>
      writeFileSync(join(directory, path), content);
    write('README.md', '# not a case');
    write('right.json', JSON.stringify([template('right', 'X')]));
    write(
      'deep/deeper/more.json.gz',
      gzipSync(
        JSON.stringify([template('other', 'X'), template('wrong', 'Y')]),
      ),
    );
    write('broken.txt', '[{');
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('passes', async () => {
    expect(
      await runFleet(['conformance', join(directory, 'right.json')]),
    ).toEqual({ code: 0, out: '1 passed, 0 failed\n', error: '' });
  });

  it('names what fails, in folders and gzipped files, and counts', async () => {
    const file = join(directory, 'deep/deeper/more.json.gz');
    const { code, out } = await runFleet(['conformance', directory]);
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines[0]).toBe(`wrong (${file})`);
    expect(lines).toEqual(expect.arrayContaining(['  -Y', '  +X']));
    expect(out).toMatch(/\n2 passed, 1 failed\n$/);
  });

  it.each([
    ['a path that is not there', 'nowhere', /nowhere does not exist\.\n$/],
    ['a file that is no JSON', 'broken.txt', /broken\.txt is not valid JSON: /],
  ])('says what is wrong with %s', async (_case, path, error) => {
    const answer = await runFleet(['conformance', join(directory, path)]);
    expect(answer).toEqual({
      code: 1,
      out: '',
      error: expect.stringMatching(error),
    });
  });
});
