import { FunctionError } from '../errors';
import { GoMethod, GoObject, Value, int64 } from '../values/types';

const NANOSECOND = 1n;
const MICROSECOND = 1000n;
const MILLISECOND = 1000n * MICROSECOND;
export const SECOND = 1000n * MILLISECOND;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;

const UNITS: Record<string, bigint> = {
  ns: NANOSECOND,
  us: MICROSECOND,
  '\u00b5s': MICROSECOND,
  '\u03bcs': MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};

const LIMIT = 1n << 63n;

function fail(problem: string, text: string): never {
  throw new FunctionError(`time: ${problem} ${JSON.stringify(text)}`);
}

/**
 * time.ParseDuration: nanoseconds of `1h30m`, `-1.5s`.
 *
 * @throws FunctionError when the text is no duration
 */
export function parseDuration(text: string): bigint {
  let rest = text.replace(/^[+-]/, '');
  const negative = text.startsWith('-');
  if (rest === '0') {
    return 0n;
  }
  if (rest === '') {
    return fail('invalid duration', text);
  }
  let total = 0n;
  while (rest !== '') {
    const number = /^(\d*)(?:\.(\d*))?/.exec(rest)!;
    const [matched, whole, fraction] = number;
    if (!whole && !fraction) {
      return fail('invalid duration', text);
    }
    rest = rest.slice(matched.length);
    const unitName = /^[^.0-9]*/.exec(rest)![0];
    if (unitName === '') {
      return fail('missing unit in duration', text);
    }
    const unit = Object.hasOwn(UNITS, unitName) ? UNITS[unitName] : undefined;
    if (unit === undefined) {
      return fail(`unknown unit ${JSON.stringify(unitName)} in duration`, text);
    }
    rest = rest.slice(unitName.length);
    total += BigInt(whole || '0') * unit;
    if (fraction) {
      const digits = fraction.slice(0, 18);
      total += BigInt(
        Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)),
      );
    }
    if (total > LIMIT) {
      return fail('invalid duration', text);
    }
  }
  if (!negative && total >= LIMIT) {
    return fail('invalid duration', text);
  }
  return negative ? -total : total;
}

function fractionOf(value: bigint, unit: bigint): string {
  const digits = unit.toString().length - 1;
  const fraction = (value % unit)
    .toString()
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return `${value / unit}${fraction && `.${fraction}`}`;
}

/** time.Duration's String: `1h30m0s`, `1.5s`, `20ms`. */
export function durationText(nanoseconds: bigint): string {
  if (nanoseconds === 0n) {
    return '0s';
  }
  const sign = nanoseconds < 0n ? '-' : '';
  const value = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (value < MICROSECOND) {
    return `${sign}${value}ns`;
  }
  if (value < MILLISECOND) {
    return `${sign}${fractionOf(value, MICROSECOND)}\u00b5s`;
  }
  if (value < SECOND) {
    return `${sign}${fractionOf(value, MILLISECOND)}ms`;
  }
  const seconds = `${fractionOf(value % MINUTE, SECOND)}s`;
  const minutes = (value / MINUTE) % 60n;
  const hours = value / HOUR;
  if (hours > 0n) {
    return `${sign}${hours}h${minutes}m${seconds}`;
  }
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : sign + seconds;
}

/** A named integer type with a text of its own: time.Duration, time.Month, time.Weekday. */
export class NamedInteger extends GoObject {
  constructor(
    readonly type: string,
    readonly kind: 'int' | 'int64',
    readonly value: bigint,
    private readonly text: string,
    private readonly methods: Readonly<Record<string, () => Value>> = {},
  ) {
    super();
  }

  isTrue(): boolean {
    return this.value !== 0n;
  }

  toGoString(): string {
    return this.text;
  }

  toGoJson(): Value {
    return this.underlying();
  }

  underlying(): Value {
    return int64(this.value);
  }

  equals(other: GoObject): boolean {
    return (
      other instanceof NamedInteger &&
      other.type === this.type &&
      other.value === this.value
    );
  }

  method(name: string): GoMethod | undefined {
    if (name === 'String') {
      return { parameters: [], call: () => this.text };
    }
    return Object.hasOwn(this.methods, name)
      ? { parameters: [], call: this.methods[name] }
      : undefined;
  }
}

/** A time.Duration. */
export function duration(nanoseconds: bigint): NamedInteger {
  const value = BigInt.asIntN(64, nanoseconds);
  const inUnit = (unit: bigint) => () => Number(value) / Number(unit);
  const whole = (unit: bigint) => () => int64(value / unit);
  return new NamedInteger(
    'time.Duration',
    'int64',
    value,
    durationText(value),
    {
      Hours: inUnit(HOUR),
      Minutes: inUnit(MINUTE),
      Seconds: inUnit(SECOND),
      Milliseconds: whole(MILLISECOND),
      Microseconds: whole(MICROSECOND),
      Nanoseconds: whole(NANOSECOND),
      Abs: () => duration(value < 0n ? -value : value),
    },
  );
}
