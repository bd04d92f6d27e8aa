import fc from 'fast-check';
import { compareVersions } from './compareVersions';

describe('compareVersions', () => {
  it.each([
    [
      ['1.10.0', '1.9.0'],
      ['1.9.0', '1.10.0'],
    ],
    [
      ['1.2.0', '1.2.0-rc.10', '1.2.0-rc.9'],
      ['1.2.0-rc.9', '1.2.0-rc.10', '1.2.0'],
    ],
    [
      ['v2.0.0', '1.9.9'],
      ['1.9.9', 'v2.0.0'],
    ],
    [
      ['release-10', 'release-9'],
      ['release-9', 'release-10'],
    ],
    [
      ['1.0.0', 'main', '2024-10-01'],
      ['2024-10-01', 'main', '1.0.0'],
    ],
  ])('%j', (versions, sorted) => {
    expect([...versions].sort(compareVersions)).toEqual(sorted);
  });

  it('is an order', () => {
    const version = fc.oneof(
      fc.stringMatching(/^v?[0-3]\.[0-3]\.[0-3](-rc\.[0-9])?$/),
      fc.stringMatching(/^[a-z0-9.-]{1,6}$/),
    );
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const sign = (x: string, y: string) => Math.sign(compareVersions(x, y));
        expect(sign(a, b) + sign(b, a)).toBe(0);
        const [first, second, third] = [a, b, c].sort(compareVersions);
        expect(sign(first, second)).toBeLessThanOrEqual(0);
        expect(sign(second, third)).toBeLessThanOrEqual(0);
        expect(sign(first, third)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
