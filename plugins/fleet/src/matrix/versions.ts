/** A version as a person reads it: release numbers, and what comes before a release. */
interface ParsedVersion {
  release: number[];
  prerelease: string[];
}

/** One to four numbers, with or without `v`, and what semantic versioning hangs on. */
const VERSION =
  /^v?(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

function parse(text: string): ParsedVersion | undefined {
  const match = VERSION.exec(text);
  // Bare digits are as likely a build number or the beginning of a commit.
  if (!match || (!text.startsWith('v') && !match[1].includes('.'))) {
    return undefined;
  }
  return {
    release: match[1].split('.').map(Number),
    prerelease: match[2]?.split('.') ?? [],
  };
}

/** Whether a version can be ranked among others: commits and names of branches cannot. */
export function isRankable(version: string): boolean {
  return parse(version) !== undefined;
}

/** Whether it comes before a release, as `1.5.0-rc.1` does. */
export function isPrerelease(version: string): boolean {
  return (parse(version)?.prerelease.length ?? 0) > 0;
}

/**
 * Orders versions, the older first. Source of the rule: Semantic Versioning 2.0.0, section 11; build metadata does not
 * count, missing numbers are 0. What is no version comes before all versions, by name.
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) {
    return Number(Boolean(left)) - Number(Boolean(right)) || compareText(a, b);
  }
  for (let at = 0; at < 4; at++) {
    const difference = (left.release[at] ?? 0) - (right.release[at] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return comparePrereleases(left.prerelease, right.prerelease);
}

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
  const ranked = [...new Set(versions)].filter(isRankable);
  const releases = ranked.filter(version => !isPrerelease(version));
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

function comparePrereleases(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) {
    // A release comes after what came before it.
    return Number(a.length === 0) - Number(b.length === 0);
  }
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (a[at] === undefined || b[at] === undefined) {
      return Number(b[at] === undefined) - Number(a[at] === undefined);
    }
    const difference = compareIdentifiers(a[at], b[at]);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function compareIdentifiers(a: string, b: string): number {
  const numeric = [a, b].map(text => /^\d+$/.test(text));
  if (numeric[0] && numeric[1]) {
    return Number(a) - Number(b);
  }
  // Numbers come before words.
  return Number(numeric[1]) - Number(numeric[0]) || compareText(a, b);
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
