import { NotSupported } from '../errors';
import { CelValue, typeOf } from '../types';
import { CONVERSIONS } from './conversions';
import { FORMAT } from './format';
import { LISTS } from './lists';
import { NETWORK } from './network';
import { OPTIONALS } from './optionals';
import { QUANTITIES } from './quantities';
import { REGULAR_EXPRESSIONS } from './regularExpressions';
import { SEMVER } from './semver';
import { SETS } from './sets';
import { STRINGS } from './strings';
import { TIMES } from './times';
import type { Library } from './types';
import { URLS } from './urls';

interface Overload {
  types: string[];
  run: (...args: CelValue[]) => CelValue;
}

const OVERLOADS = new Map<string, Overload[]>();

function declare(library: Library): void {
  for (const [signature, run] of Object.entries(library)) {
    const [, receiver, name, types] =
      /^(?:<(\w+)>\.)?([@\w.]+)\(([\w, ]*)\)$/.exec(signature)!;
    const all = [receiver, ...types.split(', ')].filter(Boolean);
    const key = receiver ? `_.${name}` : name;
    OVERLOADS.set(key, [...(OVERLOADS.get(key) ?? []), { types: all, run }]);
  }
}

for (const library of [
  CONVERSIONS,
  FORMAT,
  LISTS,
  NETWORK,
  OPTIONALS,
  QUANTITIES,
  REGULAR_EXPRESSIONS,
  SEMVER,
  SETS,
  STRINGS,
  TIMES,
  URLS,
])
  declare(library);

/** Whether there is a function of that name: `size`, `_.size` for a method, `sets.contains`. */
export function isFunction(name: string): boolean {
  return OVERLOADS.has(name);
}

/**
 * Calls a function; of a method the receiver is the first argument.
 *
 * @throws `EvaluationFailure` where it fails, `NotSupported` where there is none for these types
 */
export function callFunction(name: string, args: CelValue[]): CelValue {
  const overloads = OVERLOADS.get(name);
  if (!overloads)
    throw new NotSupported(
      `the function \`${name.replace(/^_\./, '')}\` is not known`,
    );
  const types = args.map(typeOf);
  const found = overloads.find(
    overload =>
      overload.types.length === types.length &&
      overload.types.every((type, at) => type === 'any' || type === types[at]),
  );
  if (!found)
    throw new NotSupported(
      `no such overload: ${name.replace(/^_\./, '')}(${types.join(', ')})`,
    );
  return found.run(...args);
}
