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

  it('sweeps edits through YAML files, and JSON files without golden cases', async () => {
    const folder = join(directory, 'manifests');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.yaml'), 'a: 1 # one\nl:\n- x\n');
    writeFileSync(join(folder, 'b.json'), '{"a": {"b": [1]}}');
    writeFileSync(join(folder, 'c.yml'), 'a: &x {b: 1}\nc: *x\n');
    writeFileSync(join(folder, 'd.yaml'), Buffer.from([0xff, 0xfe, 0x61, 0]));
    const { code, out } = await runFleet(['conformance', folder]);
    expect(code).toBe(0);
    expect(out).toMatch(/^set: 3 edited, 1 refused \(anchor 1\), 0 wrong$/m);
    expect(out).toMatch(/^1 files are not UTF-8 text\n\d+ passed, 0 failed$/m);
    const some = await runFleet(['conformance', folder, '--every', '5']);
    const count = (text: string) => Number(/(\d+) passed/.exec(text)![1]);
    expect(count(some.out)).toBeLessThan(count(out));
    rmSync(folder, { recursive: true });
  });

  it('says what `--every` must be', async () => {
    const { code, error } = await runFleet([
      'conformance',
      directory,
      '--every',
      '0',
    ]);
    expect(code).toBe(1);
    expect(error).toMatch(/It must be a number from 1 on/);
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
