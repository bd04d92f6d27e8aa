/** A version as a person reads it: release numbers, and what comes before a release. */
interface ParsedVersion {
  release: number[];
  prerelease: string[];
}

/** One to four numbers, with or without `v`, and what semantic versioning hangs on. */
const VERSION =
  /^v?(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

const natural = new Intl.Collator('en', { numeric: true });

// A fleet has few different versions, and compares each of them thousands of times.
const parsed = new Map<string, ParsedVersion | undefined>();
const REMEMBERED = 10_000;

function parse(text: string): ParsedVersion | undefined {
  if (parsed.has(text)) {
    return parsed.get(text);
  }
  if (parsed.size >= REMEMBERED) {
    parsed.clear();
  }
  const version = read(text);
  parsed.set(text, version);
  return version;
}

function read(text: string): ParsedVersion | undefined {
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

/**
 * Whether a version can be ranked among others: commits and names of branches cannot.
 *
 * @public
 */
export function isRankableVersion(version: string): boolean {
  return parse(version) !== undefined;
}

/**
 * Whether it comes before a release, as `1.5.0-rc.1` does.
 *
 * @public
 */
export function isPrereleaseVersion(version: string): boolean {
  return (parse(version)?.prerelease.length ?? 0) > 0;
}

/**
 * Orders versions, the older first. Source of the rule: Semantic Versioning 2.0.0, section 11; build metadata does not
 * count, missing numbers are 0. What is no version comes before all versions, in the way people sort names with numbers in
 * them.
 *
 * @public
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (!left || !right) {
    return (
      Number(Boolean(left)) - Number(Boolean(right)) || natural.compare(a, b)
    );
  }
  for (let at = 0; at < 4; at++) {
    const difference = (left.release[at] ?? 0) - (right.release[at] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return comparePrereleases(left.prerelease, right.prerelease);
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
