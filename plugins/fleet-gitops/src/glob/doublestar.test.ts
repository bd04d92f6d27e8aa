import { globDoublestar, matchDoublestar } from './doublestar';
import { GlobError } from './errors';

const FILES = [
  '.hidden/a',
  'a/b/c.yaml',
  'a/d.yaml',
  'apps/eu/x',
  'apps/x',
  'e.yaml',
  '[q]',
];

// The expectations are the answers of doublestar 4.10 `FilepathGlob` over the same files.
describe('globDoublestar', () => {
  it.each<[why: string, pattern: string, files: string[]]>([
    [
      'stands for any number of directories',
      '**/*.yaml',
      ['a/b/c.yaml', 'a/d.yaml', 'e.yaml'],
    ],
    ['resolves a leading "./"', './a/*.yaml', ['a/d.yaml']],
    ['resolves ".." behind what need not exist', 'none/../a/*', ['a/d.yaml']],
    [
      'takes a leading "/" as the root of the repository',
      '/e.yaml',
      ['e.yaml'],
    ],
    ['ignores a trailing "/"', 'a/*.yaml/', ['a/d.yaml']],
    ['ignores a defect in what ".." takes away', 'x[a/../e.yaml', ['e.yaml']],
    ['takes "}" before the first wildcard as a character', 'a}/*', []],
    ['finds nothing outside the repository', '../e.yaml', []],
    ['comes back into the repository by a wildcard', '../*/e.yaml', ['e.yaml']],
    ['leaves out an empty last alternative', '{apps,eu,}*/x', ['apps/x']],
    ['keeps an empty first alternative', 'a{,pps}/*', ['a/d.yaml', 'apps/x']],
    [
      'has no path for an empty alternative and "/"',
      '{,a}/d.yaml',
      ['a/d.yaml'],
    ],
    [
      'nests alternatives',
      '{a/{b/c,d},e}.yaml',
      ['a/b/c.yaml', 'a/d.yaml', 'e.yaml'],
    ],
    ['merges what alternatives share', '{e,*}.yaml', ['e.yaml']],
    [
      'lists a file once for each way to it',
      'apps/**/**',
      ['apps/eu/x', 'apps/eu/x', 'apps/x'],
    ],
    ['treats three stars in a segment as one', '***/x', ['apps/x']],
    ['takes an escaped bracket as it is', '\\[q\\]', ['[q]']],
    ['takes no directory for a file', 'a/b', []],
    ['starts with hidden ones too', '*/a', ['.hidden/a']],
  ])('%s: %s', (_, pattern, files) => {
    expect(globDoublestar(pattern, FILES).sort()).toEqual(files);
  });

  it.each([
    '[',
    '*[',
    'a/[]',
    '{a,b',
    '*}',
    'a/*\\',
    '{a,{b}',
    '[z-a',
    '../*[',
  ])('refuses %s', pattern => {
    expect(() => globDoublestar(pattern, FILES)).toThrow(GlobError);
  });

  it('refuses a malformed pattern where there are no files', () => {
    expect(() => globDoublestar('{a', [])).toThrow('"{a" is no valid pattern');
  });
});

// The expectations are the answers of doublestar 4.10 `Match`.
describe('matchDoublestar', () => {
  it.each<[pattern: string, path: string, matches: boolean]>([
    ['a/**', 'a', true],
    ['**/x', 'apps/eu/x', true],
    ['a{b,}', 'a', true],
    ['./a', 'a', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['[a\\]]x', ']x', true],
    ['[z-a]', 'm', false],
    ['a?b', 'a/b', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['?', '𝒳', true],
  ])('%s, %s: %s', (pattern, path, matches) => {
    expect(matchDoublestar(pattern, path)).toBe(matches);
  });

  it.each([
    ['[a', 'b'],
    ['[^a', 'a'],
    ['x[', 'y'],
    ['{a', 'a'],
    ['a\\', 'ab'],
  ])('refuses %s for %s', (pattern, path) => {
    expect(() => matchDoublestar(pattern, path)).toThrow(GlobError);
  });
});
