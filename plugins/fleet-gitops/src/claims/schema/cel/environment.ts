import { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { renameMethods } from './expression';
import { Quantity } from './quantity';

type Handler = (...values: any[]) => unknown;

/** What the library answers otherwise than the API server: regular expressions of JavaScript, and positions in UTF-16. */
const REPLACED = {
  matches: 're2Matches',
  indexOf: 'positionOf',
  lastIndexOf: 'lastPositionOf',
  substring: 'substringOf',
} as const;

function re2(pattern: string, text: string) {
  return RE2JS.compile(pattern).matcher(text);
}

function matches(text: string, pattern: string): boolean {
  return re2(pattern, text).find();
}

function findAll(text: string, pattern: string, limit: number): string[] {
  const matcher = re2(pattern, text);
  const found: string[] = [];
  while ((limit < 0 || found.length < limit) && matcher.find())
    found.push(matcher.group() ?? '');
  return found;
}

/** Where `wanted` is in a text or list, in characters or items; -1 where it is not. */
function position(all: string[], wanted: string[], from: number): number {
  for (let index = from; index <= all.length - wanted.length; index++)
    if (wanted.every((item, offset) => all[index + offset] === item))
      return index;
  return -1;
}

function lastPosition(all: string[], wanted: string[], from: number): number {
  for (let index = from; index >= 0; index--)
    if (wanted.every((item, offset) => all[index + offset] === item))
      return index;
  return -1;
}

function inRange(value: bigint, length: number): number {
  if (value < 0n || value > BigInt(length))
    throw new Error(`index out of range: ${value}`);
  return Number(value);
}

function substring(text: string, from: bigint, to?: bigint): string {
  const characters = [...text];
  const start = inRange(from, characters.length);
  const end = inRange(to ?? BigInt(characters.length), characters.length);
  if (start > end) throw new Error(`invalid substring range: ${from}, ${to}`);
  return characters.slice(start, end).join('');
}

function replace(text: string, old: string, by: string, limit = -1n): string {
  const pieces = old === '' ? ['', ...text, ''] : text.split(old);
  const count = limit < 0n ? pieces.length : Number(limit);
  return pieces.reduce(
    (all, piece, index) => all + (index <= count ? by : old) + piece,
  );
}

const FORMATS: Record<string, string> = { s: 'string', d: 'bigint' };

function format(text: string, values: unknown[]): string {
  let next = 0;
  return text.replace(/%(%|[^%])/g, (verb, name) => {
    if (name === '%') return '%';
    const value = values[next++];
    if (typeof value === 'bigint' || typeof value === FORMATS[name])
      return String(value);
    throw new Error(`format ${verb} is not supported here`);
  });
}

function sorted(items: any[]): boolean {
  return items.every((item, index) => index === 0 || items[index - 1] <= item);
}

function extreme(items: any[], isBetter: (a: any, b: any) => boolean): unknown {
  if (items.length === 0) throw new Error('the list is empty');
  return items.reduce((best, item) => (isBetter(item, best) ? item : best));
}

function sum(items: any[]): unknown {
  if (items.some(item => typeof item !== typeof items[0]))
    throw new Error('the list has several types');
  return items.length === 0 ? 0n : items.reduce((total, item) => total + item);
}

function quantity(text: string): Quantity {
  const parsed = Quantity.parse(text);
  if (!parsed) throw new Error(`\`${text}\` is no quantity`);
  return parsed;
}

/** Source: apiserver `pkg/cel/library` (lists, regex, quantity) and cel-go `ext/strings.go`. */
const FUNCTIONS: Record<string, Handler> = {
  'matches(string, string): bool': matches,
  'string.re2Matches(string): bool': matches,
  'string.find(string): string': (text, pattern) =>
    findAll(text, pattern, 1)[0] ?? '',
  'string.findAll(string): list<string>': (text, pattern) =>
    findAll(text, pattern, -1),
  'string.findAll(string, int): list<string>': (text, pattern, limit) =>
    findAll(text, pattern, Number(limit)),
  'string.positionOf(string): int': (text, wanted) =>
    BigInt(position([...text], [...wanted], 0)),
  'string.positionOf(string, int): int': (text, wanted, from) =>
    BigInt(position([...text], [...wanted], inRange(from, [...text].length))),
  'string.lastPositionOf(string): int': (text, wanted) =>
    BigInt(lastPosition([...text], [...wanted], [...text].length)),
  'string.lastPositionOf(string, int): int': (text, wanted, from) =>
    BigInt(
      lastPosition([...text], [...wanted], inRange(from, [...text].length)),
    ),
  'string.substringOf(int): string': substring,
  'string.substringOf(int, int): string': substring,
  'string.charAt(int): string': (text, at) =>
    [...text][inRange(at, [...text].length)] ?? '',
  'string.replace(string, string): string': replace,
  'string.replace(string, string, int): string': replace,
  'string.reverse(): string': text => [...text].reverse().join(''),
  'string.format(list<dyn>): string': format,
  'list<dyn>.isSorted(): bool': sorted,
  'list<dyn>.sum(): dyn': sum,
  'list<dyn>.min(): dyn': items => extreme(items, (a, b) => a < b),
  'list<dyn>.max(): dyn': items => extreme(items, (a, b) => a > b),
  'list<dyn>.positionOf(dyn): int': (items, wanted) =>
    BigInt(items.findIndex((item: unknown) => item === wanted)),
  'list<dyn>.lastPositionOf(dyn): int': (items, wanted) =>
    BigInt(items.findLastIndex((item: unknown) => item === wanted)),
  'quantity(string): Quantity': quantity,
  'isQuantity(string): bool': text => Quantity.parse(text) !== undefined,
  'Quantity.isInteger(): bool': value => value.isInteger,
  'Quantity.asInteger(): int': value => value.toInteger(),
  'Quantity.sign(): int': value => value.compareTo(new Quantity(0n)),
  'Quantity.isGreaterThan(Quantity): bool': (a, b) => a.compareTo(b) > 0n,
  'Quantity.isLessThan(Quantity): bool': (a, b) => a.compareTo(b) < 0n,
  'Quantity.compareTo(Quantity): int': (a, b) => a.compareTo(b),
  'Quantity.add(Quantity): Quantity': (a, b) => a.plus(b),
  'Quantity.add(int): Quantity': (a, b) => a.plus(b),
  'Quantity.sub(Quantity): Quantity': (a, b) => a.minus(b),
  'Quantity.sub(int): Quantity': (a, b) => a.minus(b),
};

let environment: Environment | undefined;

/** CEL as rules of CustomResourceDefinitions have it. What is missing fails: dates of `format`, `url`, `ip`, `cidr`, `sets`. */
function rulesEnvironment(): Environment {
  if (environment) return environment;
  const created = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
  })
    .registerType('Quantity', Quantity)
    .registerVariable('self', 'dyn')
    .registerVariable('oldSelf', 'dyn');
  for (const [signature, handler] of Object.entries(FUNCTIONS))
    created.registerFunction(signature, handler);
  created.registerOperator(
    'Quantity == Quantity',
    (a: Quantity, b: Quantity) => a.nano === b.nano,
  );
  environment = created;
  return created;
}

/**
 * Evaluates an expression.
 *
 * @throws `Error` where it is wrong, fails, or needs what is not supported here
 */
export function evaluateCel(
  expression: string,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  return rulesEnvironment().evaluate(
    renameMethods(expression, REPLACED),
    variables,
  );
}
