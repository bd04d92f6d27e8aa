import { ConflictError, InputError } from '@backstage/errors';
import { checkSafe } from './placeholders';
import { SchemaViolation, validate } from './schema/structuralSchema';
import type { ClusterBlueprint } from './types';

/** Where the parameters of a blueprint are in the intent, for messages. */
export const PARAMETERS_FIELD = 'parameters.parameters';

/**
 * Checks what a form sent against the blueprint's schema, with defaults filled in.
 *
 * @throws `InputError` that names each parameter at fault; `ConflictError` where the schema itself is none
 */
export function readParameters(
  blueprint: ClusterBlueprint,
  input: Record<string, unknown>,
): Record<string, unknown> {
  checkSafe(input, PARAMETERS_FIELD);
  let result: ReturnType<typeof validate>;
  try {
    result = validate(
      { additionalProperties: false, ...blueprint.parameters },
      input,
    );
  } catch (error) {
    throw new ConflictError(
      `${blueprint.file}: spec.parameters is no JSON schema: ${
        (error as Error).message
      }.`,
    );
  }
  if (result.violations.length > 0)
    throw new InputError(
      result.violations
        .map(violation => `${fieldOf(violation)} ${violation.message}`)
        .join('; '),
    );
  return result.defaulted as Record<string, unknown>;
}

function fieldOf({ path, field }: SchemaViolation): string {
  if (path.length === 0) return `${PARAMETERS_FIELD}:`;
  return `${PARAMETERS_FIELD}${
    typeof path[0] === 'number' ? '' : '.'
  }${field}:`;
}
