import {
  compareVersions,
  isPrereleaseVersion,
  isRankableVersion,
} from '@backstage-fleet/plugin-fleet-common';
import fc from 'fast-check';
import { newestFirst, versionsBehind } from './versions';

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

  it('counts for each version the different releases that are newer', () => {
    const versions = fc.constantFrom(
      ...['1.0', 'v1.0.0', '1.1.0', '1.2.0-rc.1', '1.2.0-rc.2', '1.10.0'],
      ...['2.0.0', '2.0.0+build', 'main', '42'],
    );
    fc.assert(
      fc.property(fc.array(versions), all => {
        const ranked = all.filter(isRankableVersion);
        const releases = ranked.filter(each => !isPrereleaseVersion(each));
        const targets = releases.length > 0 ? releases : ranked;
        const newer = (version: string) =>
          targets
            .filter(other => compareVersions(other, version) > 0)
            .filter(
              (other, at, rest) =>
                rest.findIndex(each => compareVersions(each, other) === 0) ===
                at,
            ).length;
        expect(versionsBehind(all)).toEqual(
          new Map(ranked.map(version => [version, newer(version)])),
        );
      }),
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
