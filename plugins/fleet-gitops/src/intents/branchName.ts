import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

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
  const inputs =
    intent.kind === 'service.onboard'
      ? {
          ...intent.parameters,
          clusters: [...new Set(intent.parameters.clusters)].sort(),
        }
      : intent.parameters;
  const hash = bytesToHex(
    sha256(utf8ToBytes(canonical({ kind: intent.kind, inputs }))),
  ).slice(0, 10);
  const [, verb] = intent.kind.split('.');
  return `fleet/${verb}/${slug(subjectOf(intent))}-${hash}`;
}

/** The service or cluster that an intent is about. */
function subjectOf({ parameters }: TypedIntent): string {
  if ('service' in parameters) return parameters.service;
  if ('cluster' in parameters) return parameters.cluster;
  return parameters.clusters.length === 1
    ? parameters.clusters[0]
    : `${parameters.clusters.length}-clusters`;
}
