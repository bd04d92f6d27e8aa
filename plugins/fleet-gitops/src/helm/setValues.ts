import {
  GoDict,
  Value,
  int64,
  isDict,
  setEntry,
} from '../gotemplate/values/types';
import { HelmError } from './errors';

/** One `--set` or `--set-string`: where it goes and what it says. */
export interface SetValue {
  /** Dotted path with indexes: `image.tag`, `hosts[0].name`; a dot in a key is written `\.`. */
  name: string;
  value: string;
  /** Keeps the value a string (`--set-string`). */
  forceString?: boolean;
  /** Takes the value as it is (`--set-file`). */
  literal?: boolean;
}

type Segment = string | number;

function parsePath(name: string): Segment[] {
  const segments: Segment[] = [];
  let key = '';
  let isKey = true;
  for (let at = 0; at < name.length; at += 1) {
    const character = name[at];
    if (character === '\\' && at + 1 < name.length) {
      at += 1;
      key += name[at];
    } else if (character === '.') {
      if (isKey) segments.push(key);
      key = '';
      isKey = true;
    } else if (character === '[') {
      if (isKey) segments.push(key);
      const end = name.indexOf(']', at);
      const index = name.slice(at + 1, end);
      if (end < 0 || !/^\d+$/.test(index))
        throw new HelmError(`parameter ${name}: a list index must be a number`);
      segments.push(Number(index));
      at = end;
      key = '';
      isKey = false;
    } else {
      key += character;
      isKey = true;
    }
  }
  if (isKey) segments.push(key);
  return segments;
}

/** Source: Helm `pkg/strvals/parser.go`, `typedVal`. */
function typed(text: string, forceString: boolean | undefined): Value {
  if (forceString) return text;
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  if (text === '0') return int64(0);
  // A leading zero keeps it a string: it may be an account number.
  return /^-?[1-9]\d{0,18}$/.test(text) && isInt64(BigInt(text))
    ? int64(BigInt(text))
    : text;
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function parseValue({ value, forceString, literal }: SetValue): Value {
  if (literal) return value;
  if (!/^\{.*\}$/s.test(value)) return typed(value, forceString);
  const inner = value.slice(1, -1);
  return inner === ''
    ? []
    : inner.split(',').map(item => typed(item, forceString));
}

function put(target: Value, segments: Segment[], value: Value): Value {
  if (segments.length === 0) return value;
  const [segment, ...rest] = segments;
  if (typeof segment === 'number') {
    const list = Array.isArray(target) ? [...target] : [];
    while (list.length < segment) list.push(null);
    list[segment] = put(list[segment], rest, value);
    return list;
  }
  const map: GoDict = isDict(target) ? { ...target } : {};
  setEntry(map, segment, put(map[segment], rest, value));
  return map;
}

/**
 * Values with those of `--set` and `--set-string` arguments in them, as Argo CD passes an Application's parameters: commas
 * belong to the value, `{a,b}` is a list, an index replaces one item of a list.
 *
 * Source: Helm `pkg/strvals/parser.go`; Argo CD `util/helm/cmd.go`, `cleanSetParameters`.
 *
 * @throws HelmError where a name cannot be read
 */
export function setValues(
  base: GoDict,
  parameters: readonly SetValue[],
): GoDict {
  return parameters.reduce<GoDict>(
    (values, parameter) =>
      put(values, parsePath(parameter.name), parseValue(parameter)) as GoDict,
    base,
  );
}
