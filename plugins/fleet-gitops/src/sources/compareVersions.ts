import { compareBuild, parse } from 'semver';

const natural = new Intl.Collator('en', { numeric: true });

/**
 * Orders versions, the older first: by Semantic Versioning where both are such versions (a leading `v` counts for nothing,
 * `1.2.0-rc.1` comes before `1.2.0`), else the way people sort names with numbers in them.
 *
 * @public
 */
export function compareVersions(one: string, other: string): number {
  const a = parse(one);
  const b = parse(other);
  if (a && b) return compareBuild(a, b) || natural.compare(one, other);
  // What is no version of that kind comes first, so that the order is the same for all of them.
  if (a || b) return a ? 1 : -1;
  return natural.compare(one, other);
}
