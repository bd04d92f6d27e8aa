/** A path in Helm values. */
export type ValuePath = readonly string[];

const TAG = ['image', 'tag'];
const SHARED_TAG = ['global', ...TAG];
const FLAT_TAGS: ValuePath[] = [['imageTag'], ['global', 'imageTag']];

/**
 * What values say at a path: a text, nothing (`undefined`), or that what weaker files say does not count (`null`), because the
 * entry is empty or something else stands in its place.
 */
export function textAt(
  values: unknown,
  path: ValuePath,
): string | null | undefined {
  // A file without content says nothing.
  let inner: any = values ?? undefined;
  for (const key of path) {
    if (inner === undefined) return undefined;
    if (inner === null || typeof inner !== 'object') return null;
    inner = Object.hasOwn(inner, key) ? inner[key] : undefined;
  }
  if (inner === undefined) return undefined;
  return typeof inner === 'string' || typeof inner === 'number'
    ? String(inner) || null
    : null;
}

/** What the place of an image's tag in a chart's values is found by. */
export interface ValuePathOptions {
  /** Where the Application or chart says it, for example `api.image.tag`. */
  hint?: string;
  names: readonly string[];
  /** Keys of the values of subcharts. */
  subcharts: readonly string[];
  /** Whether one that is the only one counts, whatever its name. */
  anyName: boolean;
}

/**
 * The path at which a chart's values have the tag of the image that is the service's: where it is said to be; `image.tag`;
 * `global.image.tag`; `<key>.image.tag` of the service's name, of the only subchart that has one, of the only key that has one;
 * `imageTag`, `global.imageTag`.
 *
 * @param all - the values of all files and settings, in any order
 * @returns several where they are as likely, none where nothing has one
 */
export function tagPaths(
  all: readonly unknown[],
  { hint, names, subcharts, anyName }: ValuePathOptions,
): ValuePath[] {
  if (hint) return [hint.split('.')];
  const isSaid = (path: ValuePath) =>
    all.some(values => typeof textAt(values, path) === 'string');
  const first = [TAG, SHARED_TAG, ...names.map(name => [name, ...TAG])].find(
    isSaid,
  );
  if (first) return [first];
  for (const keys of [subcharts, anyName ? keysOf(all) : []]) {
    const found = keys.map(key => [key, ...TAG]).filter(isSaid);
    if (found.length > 0) return found;
  }
  const flat = FLAT_TAGS.find(isSaid);
  return flat ? [flat] : [];
}

function keysOf(all: readonly unknown[]): string[] {
  const keys = new Set<string>();
  for (const values of all)
    if (values && typeof values === 'object')
      for (const key of Object.keys(values)) keys.add(key);
  return [...keys].sort();
}

/** Where a tag is written that nothing says yet. */
export const USUAL_TAG: ValuePath = TAG;
