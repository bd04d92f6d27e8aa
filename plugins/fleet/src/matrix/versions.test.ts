import * as fc from 'fast-check';
import { compareVersions, newestFirst, versionsBehind } from './versions';

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
      fc.constantFrom('main', '9f31c2e', 'latest'),
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

describe('newestFirst', () => {
  it('lists each once', () => {
    expect(newestFirst(['1.4.1', '1.10.0', '1.4.1', '1.10.0-rc.1'])).toEqual([
      '1.10.0',
      '1.10.0-rc.1',
      '1.4.1',
    ]);
  });
});

describe('versionsBehind', () => {
  it('counts the releases between', () => {
    expect(
      versionsBehind(['1.5.0-rc.1', '1.4.3', '1.4.1', '1.4.2', '1.4.2']),
    ).toEqual(
      new Map([
        ['1.5.0-rc.1', 0],
        ['1.4.3', 0],
        ['1.4.2', 1],
        ['1.4.1', 2],
      ]),
    );
  });

  it('counts prereleases where there is nothing else', () => {
    expect(versionsBehind(['2.0.0-rc.1', '2.0.0-rc.3'])).toEqual(
      new Map([
        ['2.0.0-rc.1', 1],
        ['2.0.0-rc.3', 0],
      ]),
    );
  });

  it('says nothing of what is no version, and counts one way of writing', () => {
    expect(
      versionsBehind(['main', '9f31c2e', '12345', 'v1.2.0', '1.2', '1.1.0']),
    ).toEqual(
      new Map([
        ['v1.2.0', 0],
        ['1.2', 0],
        ['1.1.0', 1],
      ]),
    );
  });
});
