import { RE2JS } from 're2js';
import { isSameJson } from '../mergePatch';
import type { JqNode } from './parse';

export type Path = Array<string | number>;

/** A value and where it is; without a path it was computed. */
export interface Located {
  path?: Path;
  value: any;
}

/** What jq reports at run time. */
export class JqError extends Error {}

type Functions = Record<
  string,
  (input: Located, ...args: JqNode[]) => Iterable<Located>
>;

const FUNCTIONS: Functions = {
  *'select/1'(input, condition) {
    for (const { value } of evaluate(condition, input)) {
      if (isTruthy(value)) {
        yield input;
      }
    }
  },
  'not/0': ({ value }) => [{ value: !isTruthy(value) }],
  'empty/0': () => [],
  'length/0': ({ value }) => [{ value: lengthOf(value) }],
  'type/0': ({ value }) => [{ value: typeOf(value) }],
  *'first/1'(input, node) {
    for (const item of evaluate(node, input)) {
      yield item;
      return;
    }
  },
  'recurse/0': recurse,
  'any/1': (input, condition) => [
    { value: someTruthy(iterate(input), condition) },
  ],
  'all/1': (input, condition) => [
    {
      value: !someTruthy(iterate(input), {
        kind: 'pipe',
        left: condition,
        right: { kind: 'call', name: 'not', args: [] },
      }),
    },
  ],
  'has/1': withArgument(hasKey),
  'startswith/1': withArgument((value, part) =>
    requireText(value).startsWith(requireText(part)),
  ),
  'endswith/1': withArgument((value, part) =>
    requireText(value).endsWith(requireText(part)),
  ),
  'test/1': withArgument((value, pattern) =>
    RE2JS.compile(requireText(pattern)).matcher(requireText(value)).find(),
  ),
  'contains/1': withArgument(contains),
  'ascii_downcase/0': ({ value }) => [
    {
      value: requireText(value).replace(/[A-Z]/g, char => char.toLowerCase()),
    },
  ],
  'tostring/0': ({ value }) => [
    { value: typeof value === 'string' ? value : JSON.stringify(value) },
  ],
};

/** A function that computes something from its input and one argument. */
function withArgument(compute: (value: any, argument: any) => any) {
  return function* call(input: Located, node: JqNode): Iterable<Located> {
    for (const argument of evaluate(node, input)) {
      yield { value: compute(input.value, argument.value) };
    }
  };
}

function someTruthy(items: Iterable<Located>, condition: JqNode): boolean {
  for (const item of items) {
    for (const { value } of evaluate(condition, item)) {
      if (isTruthy(value)) {
        return true;
      }
    }
  }
  return false;
}

function hasKey(value: any, key: any): boolean {
  if (Array.isArray(value) && typeof key === 'number') {
    return key >= 0 && key < value.length;
  }
  if (typeOf(value) === 'object' && typeof key === 'string') {
    return Object.hasOwn(value, key);
  }
  throw new JqError(`${typeOf(value)} has no ${typeOf(key)} keys`);
}

/** Whether every function that an expression calls is known. */
export function isSupported(node: JqNode): boolean {
  const children = Object.values(node)
    .flat()
    .filter(
      item => typeof item === 'object' && item !== null && 'kind' in item,
    );
  return (
    (node.kind !== 'call' ||
      Object.hasOwn(FUNCTIONS, `${node.name}/${node.args.length}`)) &&
    children.every(isSupported)
  );
}

/** What an expression yields for an input, one after the other: an error ends it, and what came before counts. */
export function* evaluate(node: JqNode, input: Located): Iterable<Located> {
  switch (node.kind) {
    case 'identity':
      yield input;
      break;
    case 'literal':
      yield { value: node.value };
      break;
    case 'pipe':
      for (const item of evaluate(node.left, input)) {
        yield* evaluate(node.right, item);
      }
      break;
    case 'comma':
      yield* evaluate(node.left, input);
      yield* evaluate(node.right, input);
      break;
    case 'index':
    case 'iterate':
      for (const target of evaluate(node.target, input)) {
        yield* step(node, target, input);
      }
      break;
    case 'optional':
      yield* evaluateOptional(node.target, input);
      break;
    case 'alternative': {
      const found = [...withoutErrors(evaluate(node.left, input))].filter(
        item => isTruthy(item.value),
      );
      yield* found.length > 0 ? found : evaluate(node.right, input);
      break;
    }
    case 'and':
    case 'or':
      yield* evaluateLogic(node.kind, node.left, node.right, input);
      break;
    case 'compare':
      for (const right of evaluate(node.right, input)) {
        for (const left of evaluate(node.left, input)) {
          yield { value: compare(node.operator, left.value, right.value) };
        }
      }
      break;
    default:
      yield* FUNCTIONS[`${node.name}/${node.args.length}`](input, ...node.args);
  }
}

/** One step from a value into it. */
function* step(
  node: JqNode & { kind: 'index' | 'iterate' },
  target: Located,
  input: Located,
): Iterable<Located> {
  if (node.kind === 'iterate') {
    yield* iterate(target);
    return;
  }
  for (const key of evaluate(node.key, input)) {
    yield indexInto(target, key.value);
  }
}

/** `?` forgives the errors of the last step; behind parentheses it forgives all in them. */
function* evaluateOptional(node: JqNode, input: Located): Iterable<Located> {
  if (node.kind !== 'index' && node.kind !== 'iterate') {
    yield* withoutErrors(evaluate(node, input));
    return;
  }
  for (const target of evaluate(node.target, input)) {
    yield* withoutErrors(step(node, target, input));
  }
}

function* withoutErrors(items: Iterable<Located>): Iterable<Located> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof JqError)) {
      throw error;
    }
  }
}

function* evaluateLogic(
  kind: 'and' | 'or',
  leftNode: JqNode,
  rightNode: JqNode,
  input: Located,
): Iterable<Located> {
  for (const left of evaluate(leftNode, input)) {
    if (isTruthy(left.value) === (kind === 'or')) {
      yield { value: kind === 'or' };
    } else {
      for (const right of evaluate(rightNode, input)) {
        yield { value: isTruthy(right.value) };
      }
    }
  }
}

function indexInto({ path, value }: Located, key: any): Located {
  const located = path && { path: [...path, key] };
  if (value === null || value === undefined) {
    return { ...located, value: null };
  }
  if (Array.isArray(value) && typeof key === 'number') {
    const index = key < 0 ? value.length + key : key;
    return {
      ...(path && { path: [...path, index] }),
      value: value[index] ?? null,
    };
  }
  if (typeof key === 'string' && typeOf(value) === 'object') {
    return { ...located, value: Object.hasOwn(value, key) ? value[key] : null };
  }
  throw new JqError(`cannot index ${typeOf(value)}`);
}

function iterate({ path, value }: Located): Located[] {
  if (typeof value !== 'object' || value === null) {
    throw new JqError(`cannot iterate over ${typeOf(value)}`);
  }
  const keys: Path = Array.isArray(value)
    ? [...value.keys()]
    : Object.keys(value).sort();
  return keys.map(key => ({
    ...(path && { path: [...path, key] }),
    value: value[key],
  }));
}

function* recurse(input: Located): Iterable<Located> {
  yield input;
  if (typeof input.value === 'object' && input.value !== null) {
    for (const item of iterate(input)) {
      yield* recurse(item);
    }
  }
}

function isTruthy(value: any): boolean {
  return value !== null && value !== undefined && value !== false;
}

const TYPE_ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object'];

function typeOf(value: any): string {
  if (value === null || value === undefined) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}

function compare(operator: string, left: any, right: any): boolean {
  const same = isSameJson(left ?? null, right ?? null);
  if (operator === '==' || operator === '!=') {
    return same === (operator === '==');
  }
  const byType =
    TYPE_ORDER.indexOf(typeOf(left)) - TYPE_ORDER.indexOf(typeOf(right));
  if (byType === 0 && typeof left === 'object' && left !== null) {
    throw new JqError('no order of lists and maps');
  }
  const less = byType !== 0 ? byType < 0 : left < right;
  return same ? operator.length === 2 : less === operator.startsWith('<');
}

function contains(value: any, part: any): boolean {
  if (typeof value === 'string' && typeof part === 'string') {
    return value.includes(part);
  }
  if (Array.isArray(value) && Array.isArray(part)) {
    return part.every(item => value.some(other => contains(other, item)));
  }
  if (typeOf(value) === 'object' && typeOf(part) === 'object') {
    return Object.entries(part).every(
      ([key, item]) => Object.hasOwn(value, key) && contains(value[key], item),
    );
  }
  if (typeOf(value) !== typeOf(part)) {
    throw new JqError('cannot check their containment');
  }
  return isSameJson(value, part);
}

function lengthOf(value: any): number {
  switch (typeOf(value)) {
    case 'null':
      return 0;
    case 'number':
      return Math.abs(value);
    case 'string':
      return Array.from(value as string).length;
    case 'array':
      return value.length;
    case 'object':
      return Object.keys(value).length;
    default:
      throw new JqError('boolean has no length');
  }
}

function requireText(value: any): string {
  if (typeof value !== 'string') {
    throw new JqError(`${typeOf(value)} is no string`);
  }
  return value;
}
