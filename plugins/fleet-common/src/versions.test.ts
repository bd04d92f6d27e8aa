import * as fc from 'fast-check';
import {
  compareVersions,
  isPrereleaseVersion,
  isRankableVersion,
} from './versions';

describe('compareVersions', () => {
  it('orders as semantic versioning does', () => {
    // The example of section 11 of Semantic Versioning 2.0.0, and what surrounds it.
    const ordered = [
      'feature-x',
      '0.9.0',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      'v1.2',
      '1.2.1+build.7',
      '1.10.0',
      '2024.1.31',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('sorts names with numbers in them as people do, before all versions', () => {
    const ordered = ['2024-10-01', 'main', 'release-9', 'release-10', '1.0.0'];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it.each([
    ['v1.2.0', '1.2'],
    ['1.2.0+a', '1.2.0+b'],
  ])('%s and %s are one', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  it('is an order', () => {
    const version = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('', 'v'),
          fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
          fc.constantFrom('', '-rc.1', '-rc.2', '-1', '-a.1', '+x'),
        )
        .map(([v, numbers, suffix]) => `${v}${numbers.join('.')}${suffix}`),
      fc.stringMatching(/^[a-z0-9.-]{1,6}$/),
    );
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(
          -Math.sign(compareVersions(b, a)) + 0,
        );
        const [first, , last] = [a, b, c].sort(compareVersions);
        expect(compareVersions(first, last)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('isRankableVersion', () => {
  it.each([
    ['1.2.0', true, false],
    ['v1', true, false],
    ['1.2.0-rc.1', true, true],
    ['12345', false, false],
    ['9f31c2e', false, false],
  ])('%s', (version, rankable, prerelease) => {
    expect(isRankableVersion(version)).toBe(rankable);
    expect(isPrereleaseVersion(version)).toBe(prerelease);
  });
});
