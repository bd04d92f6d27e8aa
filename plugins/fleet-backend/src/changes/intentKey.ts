import { createHash } from 'node:crypto';
import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';

/**
 * Hash of repository and intent, equal for equal requests: the order of fields and of listed names does not count, other than
 * that of waves.
 */
export function intentKey(repository: string, intent: TypedIntent): string {
  return createHash('sha256')
    .update(
      JSON.stringify([repository, intent.kind, canonical(intent.parameters)]),
    )
    .digest('hex');
}

function canonical(value: unknown, inOrder = false): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => canonical(item));
    return inOrder
      ? items
      : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value && typeof value === 'object') {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item, inOrder || key === 'waves')]);
  }
  return value;
}
