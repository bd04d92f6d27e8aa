import {
  compareVersions,
  isPrereleaseVersion,
  isRankableVersion,
} from '@backstage-fleet/plugin-fleet-common';

/** The versions, each once, the newest first. */
export function newestFirst(versions: Iterable<string>): string[] {
  return [...new Set(versions)].sort((a, b) => compareVersions(b, a));
}

/**
 * By how many of the given versions each of them is behind the newest. Prereleases are no versions that one could be
 * behind, unless there is nothing else.
 *
 * @returns the versions that can be ranked, with how many releases are newer
 */
export function versionsBehind(
  versions: Iterable<string>,
): Map<string, number> {
  const ranked = [...new Set(versions)].filter(isRankableVersion);
  const releases = ranked.filter(version => !isPrereleaseVersion(version));
  const targets = releases.length > 0 ? releases : ranked;
  return new Map(
    ranked.map(version => [
      version,
      distinct(targets.filter(target => compareVersions(target, version) > 0)),
    ]),
  );
}

/** `v1.2.0` and `1.2.0` are one. */
function distinct(versions: string[]): number {
  return versions.filter(
    (version, at) =>
      versions.findIndex(other => compareVersions(other, version) === 0) === at,
  ).length;
}
