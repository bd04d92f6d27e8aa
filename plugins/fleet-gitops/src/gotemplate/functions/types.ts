import { GoDict, Value } from '../values/types';

/** What a function can ask for besides its arguments. */
export interface FunctionContext {
  /** The time for `now` and its relatives. Without it they are not evaluable. */
  now?: () => Date;
  /** Random bytes for `randAlpha`, `uuidv4` and their relatives. Without it they are not evaluable. */
  randomBytes?: (count: number) => Uint8Array;
}

/** Go parameter types; `value` is reflect.Value, which takes also what is no value at all. */
export type ParameterType =
  | 'any'
  | 'value'
  | 'string'
  | 'bool'
  | 'int'
  | 'uint32'
  | 'float64'
  | 'map[string]interface {}'
  | '[]interface {}'
  | (string & {});

type ArgumentOf<T> = T extends 'string'
  ? string
  : T extends 'bool'
  ? boolean
  : T extends 'int' | 'uint32' | 'float64'
  ? number
  : T extends 'map[string]interface {}'
  ? GoDict
  : T extends 'any' | 'value'
  ? Value
  : any;

type ArgumentsOf<P extends readonly string[]> = P extends readonly [
  `...${infer Rest}`,
]
  ? ArgumentOf<Rest>[]
  : P extends readonly [infer Head, ...infer Tail extends readonly string[]]
  ? [ArgumentOf<Head>, ...ArgumentsOf<Tail>]
  : [];

/** A function that templates can call. */
export interface GoFunction {
  /** Types of the fixed parameters. */
  readonly parameters: readonly string[];
  /** Type of the elements of the last, variadic parameter. */
  readonly variadic?: string;
  call(args: any[], context: FunctionContext): Value;
}

/** Functions by the name that templates use. */
export type FunctionMap = Readonly<Record<string, GoFunction>>;

function signature(parameters: readonly string[]): {
  parameters: readonly string[];
  variadic?: string;
} {
  const last = parameters[parameters.length - 1];
  return last?.startsWith('...')
    ? { parameters: parameters.slice(0, -1), variadic: last.slice(3) }
    : { parameters };
}

/**
 * Defines a template function.
 *
 * @param parameters - the Go types of its parameters; the last may be variadic, `...any`
 * @param call - takes the arguments as JavaScript values (int and float64 as numbers); throws a FunctionError where
 *   the Go function returns an error or panics
 */
export function define<const P extends readonly string[]>(
  parameters: P,
  call: (...args: ArgumentsOf<P>) => Value,
): GoFunction {
  return {
    ...signature(parameters),
    call: args => call(...(args as ArgumentsOf<P>)),
  };
}

/** As `define`, for functions that need the clock or random bytes. */
export function defineWithContext<const P extends readonly string[]>(
  parameters: P,
  call: (context: FunctionContext, ...args: ArgumentsOf<P>) => Value,
): GoFunction {
  return {
    ...signature(parameters),
    call: (args, context) => call(context, ...(args as ArgumentsOf<P>)),
  };
}
