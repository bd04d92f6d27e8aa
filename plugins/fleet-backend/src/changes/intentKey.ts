import { createHash } from 'node:crypto';
import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';

/** Hash of repository and intent, equal for equal requests: the order of fields and of listed names does not count. */
export function intentKey(repository: string, intent: TypedIntent): string {
  return createHash('sha256')
    .update(
      JSON.stringify([repository, intent.kind, canonical(intent.parameters)]),
    )
    .digest('hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map(canonical)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value && typeof value === 'object') {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]);
  }
  return value;
}
