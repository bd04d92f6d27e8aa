import { FunctionContext, GoFunction } from '../functions/types';

/** What a field that a map does not have evaluates to. */
export type MissingKey = 'invalid' | 'zero' | 'error';

export interface ExecutionOptions {
  missingKey: MissingKey;
  functions: ReadonlyMap<string, GoFunction>;
  context: FunctionContext;
}
