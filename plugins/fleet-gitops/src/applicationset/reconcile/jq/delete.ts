import { RE2JS } from 're2js';
import { isSameJson } from '../mergePatch';
import { type JqNode, notSupported, parseJq } from './parse';

type Path = Array<string | number>;

/** A value and where it is; without a path it was computed. */
interface Located {
  path?: Path;
  value: any;
}

/** What jq reports at run time: the expression has no effect then. */
class JqError extends Error {}

/**
 * Prepares the removal of what a jq path expression selects, jq's `del(EXPRESSION)`. Where jq would fail on a value,
 * nothing is removed from it.
 *
 * @throws NotEvaluableError for expressions beyond the supported part of jq
 */
export function compileJqDelete(expression: string): (root: any) => void {
  const node = parseJq(expression);
  checkSupported(node, expression);
  return root => {
    let paths: Path[];
    try {
      paths = evaluate(node, { path: [], value: root }).map(requirePath);
    } catch (error) {
      if (error instanceof JqError) {
        return;
      }
      throw error;
    }
    // Later list items first, so that the indexes of earlier ones stay right.
    paths.sort(comparePaths).reverse();
    paths.forEach(path => removePath(root, path));
  };
}

function requirePath({ path }: Located): Path {
  if (!path) {
    throw new JqError('no path');
  }
  return path;
}

type Functions = Record<
  string,
  (input: Located, ...args: JqNode[]) => Located[]
>;

const FUNCTIONS: Functions = {
  'select/1': (input, condition) =>
    evaluate(condition, input)
      .filter(item => isTruthy(item.value))
      .map(() => input),
  'not/0': input => [{ value: !isTruthy(input.value) }],
  'empty/0': () => [],
  'length/0': input => [{ value: lengthOf(input.value) }],
  'type/0': input => [{ value: typeOf(input.value) }],
  'first/1': (input, node) => evaluate(node, input).slice(0, 1),
  'recurse/0': input => recurse(input),
  'any/1': (input, condition) => [
    {
      value: iterate(input).some(item =>
        evaluate(condition, item).some(found => isTruthy(found.value)),
      ),
    },
  ],
  'all/1': (input, condition) => [
    {
      value: iterate(input).every(item =>
        evaluate(condition, item).every(found => isTruthy(found.value)),
      ),
    },
  ],
  'has/1': (input, key) =>
    evaluate(key, input).map(item => ({
      value: Array.isArray(input.value)
        ? item.value >= 0 && item.value < input.value.length
        : Object.hasOwn(requireObject(input.value), item.value),
    })),
  'startswith/1': textTest((text, part) => text.startsWith(part)),
  'endswith/1': textTest((text, part) => text.endsWith(part)),
  'test/1': textTest((text, pattern) =>
    RE2JS.compile(pattern).matcher(text).find(),
  ),
  'contains/1': (input, other) =>
    evaluate(other, input).map(item => ({
      value: contains(input.value, item.value),
    })),
  'ascii_downcase/0': input => [
    {
      value: requireText(input.value).replace(/[A-Z]/g, char =>
        char.toLowerCase(),
      ),
    },
  ],
  'tostring/0': input => [
    {
      value:
        typeof input.value === 'string'
          ? input.value
          : JSON.stringify(input.value),
    },
  ],
};

function textTest(test: (text: string, part: string) => boolean) {
  return (input: Located, node: JqNode): Located[] =>
    evaluate(node, input).map(item => ({
      value: test(requireText(input.value), requireText(item.value)),
    }));
}

function checkSupported(node: JqNode, expression: string): void {
  for (const child of Object.values(node)) {
    const nodes = Array.isArray(child) ? child : [child];
    nodes
      .filter(
        item => typeof item === 'object' && item !== null && 'kind' in item,
      )
      .forEach(item => checkSupported(item, expression));
  }
  if (
    node.kind === 'call' &&
    !Object.hasOwn(FUNCTIONS, `${node.name}/${node.args.length}`)
  ) {
    throw notSupported(expression);
  }
}

function evaluate(node: JqNode, input: Located): Located[] {
  switch (node.kind) {
    case 'identity':
      return [input];
    case 'literal':
      return [{ value: node.value }];
    case 'pipe':
      return evaluate(node.left, input).flatMap(item =>
        evaluate(node.right, item),
      );
    case 'comma':
      return [...evaluate(node.left, input), ...evaluate(node.right, input)];
    case 'index':
      return evaluate(node.target, input).flatMap(target =>
        evaluate(node.key, input).map(key => indexInto(target, key.value)),
      );
    case 'iterate':
      return evaluate(node.target, input).flatMap(iterate);
    case 'optional':
      try {
        return evaluate(node.target, input);
      } catch (error) {
        if (error instanceof JqError) {
          return [];
        }
        throw error;
      }
    case 'alternative': {
      const found = evaluate(
        { kind: 'optional', target: node.left },
        input,
      ).filter(item => isTruthy(item.value));
      return found.length > 0 ? found : evaluate(node.right, input);
    }
    case 'and':
    case 'or':
      return evaluate(node.left, input).flatMap(left =>
        isTruthy(left.value) === (node.kind === 'or')
          ? [{ value: node.kind === 'or' }]
          : evaluate(node.right, input).map(right => ({
              value: isTruthy(right.value),
            })),
      );
    case 'compare':
      return evaluate(node.right, input).flatMap(right =>
        evaluate(node.left, input).map(left => ({
          value: compare(node.operator, left.value, right.value),
        })),
      );
    default:
      return FUNCTIONS[`${node.name}/${node.args.length}`](input, ...node.args);
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

function recurse(input: Located): Located[] {
  return typeof input.value === 'object' && input.value !== null
    ? [input, ...iterate(input).flatMap(recurse)]
    : [input];
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

function requireObject(value: any): Record<string, any> {
  if (typeOf(value) !== 'object') {
    throw new JqError(`cannot check whether ${typeOf(value)} has a key`);
  }
  return value;
}

function comparePaths(a: Path, b: Path): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) {
      return a[index] < b[index] ? -1 : 1;
    }
  }
  return a.length - b.length;
}

/** Removes what is at a path, where it is there. */
export function removePath(root: any, path: Path): void {
  const last = path[path.length - 1];
  let parent = root;
  for (const key of path.slice(0, -1)) {
    parent = typeof parent === 'object' && parent !== null ? parent[key] : null;
  }
  if (typeof parent !== 'object' || parent === null || last === undefined) {
    return;
  }
  if (!Array.isArray(parent)) {
    delete parent[last];
  } else if (Number(last) < parent.length) {
    parent.splice(Number(last), 1);
  }
}
