import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { definitionOf, INTENT_KINDS } from './registry';

const envelope = z.looseObject({
  kind: z.enum(INTENT_KINDS, {
    error: `must be one of ${INTENT_KINDS.map(kind => `\`${kind}\``).join(
      ', ',
    )}`,
  }),
});

/**
 * Checks an intent that came from outside.
 *
 * @remarks
 * What depends on the repository (does the cluster exist?) is checked by {@link applyIntent}.
 *
 * @throws `InputError` that names each field at fault and what it must be
 * @public
 */
export function parseIntent(input: unknown): TypedIntent {
  const outer = envelope.safeParse(input);
  if (!outer.success) throw invalid(outer.error, input);
  const { kind } = outer.data;
  const parsed = z
    .strictObject({
      kind: z.literal(kind),
      repository: z.string().min(1, 'must not be empty').optional(),
      parameters: definitionOf(kind)!.schema as z.ZodType,
    })
    .safeParse(input);
  if (!parsed.success) throw invalid(parsed.error, input);
  return parsed.data as TypedIntent;
}

function invalid(error: z.ZodError, input: unknown): InputError {
  const messages = error.issues.map(issue => {
    const field = issue.path.join('.') || 'intent';
    if (issue.code === 'unrecognized_keys')
      return `${field}: has unknown fields: ${issue.keys.join(', ')}`;
    if (issue.code !== 'invalid_type') return `${field}: ${issue.message}`;
    return valueAt(input, issue.path) === undefined
      ? `${field}: is missing`
      : `${field}: must be of type ${issue.expected}`;
  });
  return new InputError([...new Set(messages)].join('; '));
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<any>((value, key) => value?.[key], input);
}
