import { EvaluationFailure, NotSupported } from './errors';
import { decide, evaluate, hasField, test, Variables } from './evaluate';
import { callFunction } from './library';
import type { Node } from './parse';
import { CelObject, CelValue, mapKey, Optional, typeOf } from './types';

/** A call as it is written. */
interface Call {
  name: string;
  receiver: Node | undefined;
  args: Node[];
}

/** The call of a method. */
interface MethodCall extends Call {
  receiver: Node;
}

type Macro = (call: MethodCall, scope: Variables) => CelValue;

function has(field: Node, scope: Variables): boolean {
  if (field.op !== '.' && field.op !== '.?')
    throw new NotSupported('`has` of what is no field');
  const [of, name] = field.args as [Node, string];
  return hasField(evaluate(of, scope), name);
}

/** The items of a list or the keys of a map, as a comprehension's variables. */
function* iterations(
  { receiver, args }: MethodCall,
  count: 1 | 2,
  scope: Variables,
): Generator<Variables> {
  const names = args.slice(0, count).map(({ op, args: name }) => {
    if (op !== 'id') throw new NotSupported('a variable that is no name');
    return name as string;
  });
  const range = evaluate(receiver, scope);
  const bind = (key: CelValue, value: CelValue): Variables =>
    count === 1
      ? { ...scope, [names[0]]: Array.isArray(range) ? value : key }
      : { ...scope, [names[0]]: key, [names[1]]: value };
  if (Array.isArray(range))
    for (const [at, item] of range.entries()) yield bind(BigInt(at), item);
  else if (range instanceof Map)
    for (const [key, value] of range) yield bind(key, value);
  else {
    const what = range instanceof CelObject ? 'object' : typeOf(range);
    throw new NotSupported(`no such overload: all of ${what}`);
  }
}

function quantifier(count: 1 | 2, deciding: boolean): Macro {
  return (call, scope) => {
    const predicate = call.args[count];
    const operands = [...iterations(call, count, scope)].map(
      variables => () => test(predicate, variables),
    );
    return decide(deciding, operands);
  };
}

function existsOne(count: 1 | 2): Macro {
  return (call, scope) =>
    [...iterations(call, count, scope)].filter(variables =>
      test(call.args[count], variables),
    ).length === 1;
}

/** With a filter where there is an argument more. */
function transform(count: 1 | 2): Macro {
  return (call, scope) => {
    const result = call.args.at(-1)!;
    const filter = call.args.length > count + 1 ? call.args[count] : undefined;
    return [...iterations(call, count, scope)].flatMap(variables =>
      !filter || test(filter, variables) ? [evaluate(result, variables)] : [],
    );
  };
}

const filter: Macro = (call, scope) => {
  const items = evaluate(call.receiver, scope);
  const list = Array.isArray(items) ? [...items] : [...(items?.keys?.() ?? [])];
  const all = [...iterations(call, 1, scope)];
  return list.filter((_, at) => test(call.args[1], all[at]));
};

/** `transformMap` keeps the keys; with `Entry` the result is a map of its own. */
function transformMap(isEntry: boolean): Macro {
  return (call, scope) => {
    const result = call.args.at(-1)!;
    const condition = call.args.length > 3 ? call.args[2] : undefined;
    const map = new Map<CelValue, CelValue>();
    for (const variables of iterations(call, 2, scope)) {
      if (condition && !test(condition, variables)) continue;
      const value = evaluate(result, variables);
      const entries = isEntry
        ? [...(value as Map<CelValue, CelValue>)]
        : [[mapKey(variables[call.args[0].args as string]), value]];
      for (const [key, item] of entries) {
        if (map.has(key)) throw new EvaluationFailure(`repeated key: ${key}`);
        map.set(key, item);
      }
    }
    return map;
  };
}

const sortBy: Macro = (call, scope) =>
  callFunction('_.@sortByAssociatedKeys', [
    evaluate(call.receiver, scope),
    transform(1)(call, scope),
  ]);

function optional(node: Node, scope: Variables): Optional {
  const value = evaluate(node, scope);
  if (value instanceof Optional) return value;
  throw new NotSupported(`${typeOf(value)} is not optional`);
}

/** `optMap` and `optFlatMap` */
function optionalMap(wrap: (value: CelValue) => CelValue): Macro {
  return ({ receiver, args: [name, result] }, scope) => {
    if (name.op !== 'id') throw new NotSupported('a variable that is no name');
    const { isPresent, value } = optional(receiver, scope);
    return isPresent
      ? wrap(evaluate(result, { ...scope, [name.args as string]: value }))
      : Optional.NONE;
  };
}

const MACROS: Record<string, Macro> = {
  'all/2': quantifier(1, false),
  'all/3': quantifier(2, false),
  'exists/2': quantifier(1, true),
  'exists/3': quantifier(2, true),
  'exists_one/2': existsOne(1),
  'exists_one/3': existsOne(2),
  'existsOne/3': existsOne(2),
  'filter/2': filter,
  'map/2': transform(1),
  'map/3': transform(1),
  'transformList/3': transform(2),
  'transformList/4': transform(2),
  'transformMap/3': transformMap(false),
  'transformMap/4': transformMap(false),
  'transformMapEntry/3': transformMap(true),
  'transformMapEntry/4': transformMap(true),
  'sortBy/2': sortBy,
  'optMap/2': optionalMap(Optional.of),
  'optFlatMap/2': optionalMap(value => value),
  'or/1': ({ receiver, args }, scope) => {
    const first = optional(receiver, scope);
    return first.isPresent ? first : optional(args[0], scope);
  },
  'orValue/1': ({ receiver, args }, scope) => {
    const { isPresent, value } = optional(receiver, scope);
    return isPresent ? value : evaluate(args[0], scope);
  },
};

/**
 * What evaluates a call whose arguments are not simply evaluated: `has`, comprehensions over lists and maps, optional values.
 * Source: cel-go `parser/macro.go`, `ext/comprehensions.go`, `ext/lists.go`, `cel/library.go`.
 *
 * @returns `undefined` where the call is one of a function
 */
export function expandMacro(
  call: Call,
  scope: Variables,
): (() => CelValue) | undefined {
  const { name, receiver, args } = call;
  if (!receiver)
    return name === 'has' && args.length === 1
      ? () => has(args[0], scope)
      : undefined;
  return isMacro(name, args.length)
    ? () => MACROS[`${name}/${args.length}`]({ name, receiver, args }, scope)
    : undefined;
}

/** Whether a call of a method is a macro. */
export function isMacro(name: string, args: number): boolean {
  return Object.hasOwn(MACROS, `${name}/${args}`);
}
