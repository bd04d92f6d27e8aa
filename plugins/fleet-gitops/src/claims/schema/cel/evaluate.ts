import { EvaluationFailure, NotSupported } from './errors';
import { callFunction, isFunction } from './library';
import { expandMacro, isMacro } from './macros';
import { applyOperator, negate } from './operators';
import { Node, nodesOf, parse } from './parse';
import {
  CelObject,
  CelType,
  CelValue,
  mapKey,
  Optional,
  typeOf,
  Uint,
} from './types';

/** What the variables of an expression stand for. */
export type Variables = Readonly<Record<string, CelValue>>;

const TYPES = new Map(
  [
    ...['bool', 'bytes', 'double', 'int', 'list', 'map', 'null_type'],
    ...['string', 'type', 'uint', 'optional_type'],
    'google.protobuf.Timestamp',
    'google.protobuf.Duration',
  ].map(name => [name, new CelType(name)]),
);

/** Far above what the limits of Kubernetes on a rule's cost allow; comprehensions within each other multiply. */
const MOST_STEPS = 1_000_000;
/** Of the expression that is being evaluated; nothing here waits for anything. */
let stepsLeft = 0;

/**
 * Evaluates an expression as the API server does it, with cel-go.
 *
 * @throws `EvaluationFailure` where the values make it fail, `NotSupported` where it is wrong or needs what is not known here
 */
export function evaluateCel(
  expression: string,
  variables: Variables,
): CelValue {
  const node = parse(expression);
  for (const one of nodesOf(node)) requireKnownCall(one);
  stepsLeft = MOST_STEPS;
  return evaluate(node, variables);
}

/** What calls a function that is not known here is of another Kubernetes, even where the answer does not depend on it. */
function requireKnownCall({ op, args }: Node): void {
  if (op !== 'call' && op !== 'rcall') return;
  const [name, receiver, values] = args as [string, Node, Node[]];
  const isKnown =
    (op === 'call' && (name === 'has' || isFunction(name))) ||
    (op === 'rcall' &&
      (isMacro(name, values.length) ||
        isFunction(`_.${name}`) ||
        isFunction(`${qualifiedName(receiver)}.${name}`)));
  if (!isKnown) throw new NotSupported(`the function \`${name}\` is not known`);
}

/** The value of a node. */
export function evaluate(node: Node, scope: Variables): CelValue {
  stepsLeft -= 1;
  if (stepsLeft < 0)
    throw new NotSupported(`it takes more than ${MOST_STEPS} steps`);
  const args = node.args as any;
  switch (node.op) {
    case 'value':
      return literal(args);
    case 'id':
      return variable(args, scope);
    case '.':
      return select(node, scope);
    case '.?':
      return find(evaluate(args[0], scope), args[1]);
    case '[]':
      return index(evaluate(args[0], scope), evaluate(args[1], scope));
    case '[?]':
      return find(evaluate(args[0], scope), evaluate(args[1], scope));
    case 'call':
      return call(args[0], undefined, args[1], scope);
    case 'rcall':
      return call(args[0], args[1], args[2], scope);
    case 'list':
      return args.map((item: Node) => evaluate(item, scope));
    case 'map':
      return mapOf(args, scope);
    case '?:':
      return evaluate(test(args[0], scope) ? args[1] : args[2], scope);
    case '&&':
      return decide(false, [
        () => test(args[0], scope),
        () => test(args[1], scope),
      ]);
    case '||':
      return decide(true, [
        () => test(args[0], scope),
        () => test(args[1], scope),
      ]);
    case '!_':
      return !test(args, scope);
    case '-_':
      return negate(evaluate(args, scope));
    default:
      return applyOperator(
        node.op,
        evaluate(args[0], scope),
        evaluate(args[1], scope),
      );
  }
}

/** Numbers without a sign are objects of the parser's. */
function literal(value: any): CelValue {
  return typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array)
    ? new Uint(BigInt(value.valueOf()))
    : value;
}

/** The value of a node that must be a `bool`. */
export function test(node: Node, scope: Variables): boolean {
  const value = evaluate(node, scope);
  if (typeof value === 'boolean') return value;
  throw new NotSupported(`no such overload: ${typeOf(value)} for a bool`);
}

/**
 * `||` and `&&` over any number of operands: one operand decides whatever the others are, even where they fail.
 *
 * @param deciding - the answer that decides
 */
export function decide(
  deciding: boolean,
  operands: Iterable<() => boolean>,
): boolean {
  let problem: unknown;
  for (const operand of operands) {
    try {
      if (operand() === deciding) return deciding;
    } catch (error) {
      // What nobody here can say outweighs a failure: it might have decided.
      if (problem === undefined || error instanceof NotSupported)
        problem = error;
    }
  }
  if (problem !== undefined) throw problem;
  return !deciding;
}

function variable(name: string, scope: Variables): CelValue {
  if (Object.hasOwn(scope, name)) return scope[name];
  const type = TYPES.get(name);
  if (type) return type;
  throw new NotSupported(`\`${name}\` is not known`);
}

/** `a.b`, or the name of a type with dots in it. */
function select(node: Node, scope: Variables): CelValue {
  const name = qualifiedName(node);
  const type = name === undefined ? undefined : TYPES.get(name);
  if (type) return type;
  const [of, field] = node.args as [Node, string];
  return index(evaluate(of, scope), field, true);
}

function qualifiedName(node: Node): string | undefined {
  if (node.op === 'id') return node.args as string;
  if (node.op !== '.') return undefined;
  const [of, field] = node.args as [Node, string];
  const prefix = qualifiedName(of);
  return prefix === undefined ? undefined : `${prefix}.${field}`;
}

/** `of[key]` or `of.key`. What is taken of an optional value is optional. */
function index(of: CelValue, key: CelValue, isField = false): CelValue {
  if (of instanceof Optional) return find(of, key);
  const found = lookUp(of, key, isField);
  if (found !== undefined) return found;
  throw new EvaluationFailure(
    Array.isArray(of) ? `index out of bounds: ${key}` : `no such key: ${key}`,
  );
}

/** `of.?key` or `of[?key]`. */
function find(of: CelValue, key: CelValue): Optional {
  if (of instanceof Optional)
    return of.isPresent ? find(of.value, key) : Optional.NONE;
  const found = lookUp(of, key, typeof key === 'string');
  return found === undefined ? Optional.NONE : Optional.of(found);
}

/** `has(of.field)` */
export function hasField(of: CelValue, field: string): boolean {
  return of instanceof Optional
    ? of.isPresent && hasField(of.value, field)
    : lookUp(of, field, true) !== undefined;
}

function lookUp(of: CelValue, key: CelValue, isField: boolean): CelValue {
  if (of instanceof CelObject && isField) {
    if (!of.declared.has(key))
      throw new NotSupported(`the schema has no field \`${key}\``);
    return of.fields.get(key);
  }
  if (of instanceof Map) return of.get(mapKey(key));
  if (Array.isArray(of) && typeof key === 'bigint') return of[Number(key)];
  throw new NotSupported(`no such overload: ${typeOf(of)}[${typeOf(key)}]`);
}

function mapOf(entries: Array<[Node, Node]>, scope: Variables) {
  const map = new Map<CelValue, CelValue>();
  for (const [key, value] of entries) {
    const at = mapKey(evaluate(key, scope));
    if (!['string', 'int', 'bool'].includes(typeOf(at)))
      throw new NotSupported(`a map with a key of type ${typeOf(at)}`);
    map.set(at, evaluate(value, scope));
  }
  return map;
}

function call(
  name: string,
  receiver: Node | undefined,
  args: Node[],
  scope: Variables,
): CelValue {
  const expanded = expandMacro({ name, receiver, args }, scope);
  if (expanded) return expanded();
  const given = () => args.map(argument => evaluate(argument, scope));
  if (!receiver) return callFunction(name, given());
  const namespace = qualifiedName(receiver);
  if (namespace !== undefined && isFunction(`${namespace}.${name}`))
    return callFunction(`${namespace}.${name}`, given());
  return callFunction(`_.${name}`, [evaluate(receiver, scope), ...given()]);
}
