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
  const ranked = newestFirst(versions).filter(isRankableVersion);
  const onlyPrereleases = ranked.every(isPrereleaseVersion);
  const behind = new Map<string, number>();
  // `v1.2.0` and `1.2.0` are one: what counts is how many different ones came before.
  let newer = 0;
  let last: { version: string; newer: number } | undefined;
  for (const version of ranked) {
    const same = last && compareVersions(last.version, version) === 0;
    if (!last || !same) {
      last = { version, newer };
      newer += onlyPrereleases || !isPrereleaseVersion(version) ? 1 : 0;
    }
    behind.set(version, last.newer);
  }
  return behind;
}
