import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { definitionOf } from './registry';
import type { IntentDefinition } from './types';

/** JSON with sorted keys and without undefined fields: the same for the same intent. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${entries.join(',')}}`;
}

function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-+|-+$/g, '') || 'change'
  );
}

/**
 * `fleet/<operation>/<slug>-<hash>`, derived from the intent alone, so that a second run finds the branch and pull
 * request of the first.
 *
 * @public
 */
export function branchName(intent: TypedIntent): string {
  const definition = definitionOf(intent.kind) as
    | IntentDefinition<any>
    | undefined;
  const parsed = definition?.schema.safeParse(intent.parameters);
  // Sorted where order does not matter.
  const inputs = parsed?.success ? parsed.data : intent.parameters;
  const hash = bytesToHex(
    sha256(utf8ToBytes(canonical({ kind: intent.kind, inputs }))),
  ).slice(0, 10);
  const [, verb] = intent.kind.split('.');
  const subject = definition?.subject(intent.parameters) ?? '';
  return `fleet/${verb}/${slug(subject)}-${hash}`;
}
