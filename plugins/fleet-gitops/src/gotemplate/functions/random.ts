import { NotEvaluableError } from '../errors';
import { FunctionContext } from './types';

/** Random bytes from the source the caller gave. */
export function randomBytes(
  context: FunctionContext,
  count: number,
): Uint8Array {
  if (!context.randomBytes) {
    throw new NotEvaluableError(
      'not evaluable: the result is random and differs at each evaluation',
    );
  }
  return context.randomBytes(count);
}

/** A random integer of 0 to `limit` - 1. */
export function randomInteger(context: FunctionContext, limit: number): number {
  // 48 bits; the bias is far below what a template could notice.
  const value = randomBytes(context, 6).reduce(
    (sum, byte) => sum * 256 + byte,
    0,
  );
  return value % limit;
}

/** The time from the clock the caller gave. */
export function currentTime(context: FunctionContext): Date {
  if (!context.now) {
    throw new NotEvaluableError(
      'not evaluable: the result depends on the time of the evaluation',
    );
  }
  return context.now();
}
