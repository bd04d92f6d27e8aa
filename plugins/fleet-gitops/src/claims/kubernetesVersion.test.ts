import fc from 'fast-check';
import {
  formatKubernetesVersion,
  hasReached,
  parseKubernetesVersion,
  upgradeProblem,
} from './kubernetesVersion';

describe('Kubernetes versions', () => {
  it.each([
    ['v1.33.4', { major: 1, minor: 33, patch: 4, build: '' }],
    ['1.33', { major: 1, minor: 33, build: '' }],
    [
      'v1.29.3+vmware.1-fips',
      { major: 1, minor: 29, patch: 3, build: '+vmware.1-fips' },
    ],
  ])('reads %s', (text, version) => {
    expect(parseKubernetesVersion(text)).toEqual(version);
  });

  it.each([
    '',
    '1',
    'v1',
    '1.33.',
    'v1.33.4-rc.0',
    '01.33.4',
    'v1.033',
    '1.33+x',
    'latest',
    'v1.33.4\n',
    '1.33.4.5',
  ])('does not read %j', text => {
    expect(parseKubernetesVersion(text)).toBeUndefined();
  });

  const number = fc.nat({ max: 60 });
  const full = fc
    .tuple(number, number)
    .map(([minor, patch]) => `v1.${minor}.${patch}`);

  it('writes what it reads, in every format that can say it', () => {
    fc.assert(
      fc.property(full, text => {
        expect(formatKubernetesVersion(text, 'v1.33.4', 'f')).toBe(text);
        expect(formatKubernetesVersion(text, '1.33.4', 'f')).toBe(
          text.slice(1),
        );
        expect(formatKubernetesVersion(text, '1.33', 'f')).toBe(
          text.slice(1).replace(/\.[0-9]+$/, ''),
        );
      }),
    );
  });

  it('allows a step exactly where it goes on by at most one minor version', () => {
    fc.assert(
      fc.property(full, full, (one, other) => {
        const from = parseKubernetesVersion(one)!;
        const to = parseKubernetesVersion(other)!;
        const allowed =
          to.minor === from.minor + 1 ||
          (to.minor === from.minor && to.patch! >= from.patch!);
        expect(upgradeProblem(from, to) === undefined).toBe(allowed);
      }),
    );
  });

  it('goes to no other major version', () => {
    const problem = (from: string, to: string) =>
      upgradeProblem(
        parseKubernetesVersion(from)!,
        parseKubernetesVersion(to)!,
      );
    expect(problem('1.40', '2.0')).toMatch(/skips minor versions/);
    expect(problem('2.0', '1.40')).toMatch(/is older/);
    expect(problem('v1.33.4', '1.33')).toBeUndefined();
  });

  it.each([
    ['v1.34.1', 'v1.34.1', true],
    ['v1.34.0', 'v1.34.1', false],
    ['v1.34.2', '1.34.1', true],
    ['1.34', 'v1.34.1', true],
    ['v1.33.9', '1.34', false],
    ['1.34+', 'v1.34.1', true],
    ['v1.34.1-eks-3cfe0ce', 'v1.34.1', true],
    ['v1.9.0', '1.10', false],
    ['2.0', '1.34', true],
    ['unknown', '1.34', false],
  ])('%s has reached %s: %s', (running, wanted, expected) => {
    expect(hasReached(running, wanted)).toBe(expected);
  });
});
