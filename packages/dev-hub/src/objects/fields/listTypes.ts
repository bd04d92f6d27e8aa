/** How a list is merged: as one value, as a set of values, or item by item where a field is the key. */
export type ListType = 'atomic' | 'set' | { key: string };

/**
 * The type of the list at a path. Only the lists of `metadata` are merged; a CustomResourceDefinition can declare others,
 * which are taken as atomic here.
 *
 * Source: apimachinery `ObjectMeta`.
 */
export function listTypeAt(path: readonly string[]): ListType {
  switch (path.join('.')) {
    case 'metadata.finalizers':
      return 'set';
    case 'metadata.ownerReferences':
      return { key: 'uid' };
    default:
      return 'atomic';
  }
}
