import type { Equatable } from '../comparison';
import { NotSupported } from '../errors';
import { declareType } from '../types';

const PATTERN =
  /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;
const DECIMAL: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = -9;
const MAX = 2n ** 63n - 1n;

/** Digits that a product in 64 bits may have. */
const FAST_DIGITS = 18;

/** Digits of amounts that are read here at all. */
const MOST_DIGITS = 1000;

function fits(value: bigint): boolean {
  return value >= -MAX - 1n && value <= MAX;
}

/**
 * An amount as Kubernetes writes it, for example `1.5Gi` or `250m`: a whole number and a power of ten.
 *
 * @remarks
 * Go keeps most amounts in 64 bits and the others in decimals of any size; only of the former it says that they are integers.
 *
 * Source: apimachinery `pkg/api/resource/quantity.go`, `amount.go`.
 */
export class Quantity implements Equatable {
  private constructor(
    readonly value: bigint,
    readonly scale: number,
    /** Whether Go has it in 64 bits. */
    private readonly isFast: boolean,
  ) {}

  static ofInteger(value: bigint): Quantity {
    return new Quantity(value, 0, true);
  }

  /** @returns `undefined` where the text is none */
  static parse(text: string): Quantity | undefined {
    const match = PATTERN.exec(text);
    if (!match || text === '') return undefined;
    const [, sign, digits, fraction = '', e, power, suffix = ''] = match;
    if (power && Math.abs(Number(power)) > MOST_DIGITS)
      throw new NotSupported('quantities with that many digits');
    const whole = digits.replace(/^0+/, '') || '0';
    const binary = BINARY.indexOf(suffix) + 1;
    const exponent = e ? Number(power) : DECIMAL[suffix] ?? 0;
    const unsigned = BigInt(whole + fraction);
    const signed = (value: bigint) => (sign === '-' ? -value : value);
    const scale = (binary ? 0 : exponent) - fraction.length;
    const mantissa = 1024n ** BigInt(binary);
    const precision = binary
      ? 15 - whole.length - Math.trunc(binary * 3) - 1
      : FAST_DIGITS - whole.length - fraction.length;
    const isFast =
      precision >= 0 && scale >= NANO && !(binary && fraction !== '');
    if (isFast && fits(unsigned * mantissa))
      return new Quantity(signed(unsigned * mantissa), scale, true);
    // A sign or suffix without a number is 0, but only where 64 bits hold it.
    if (digits + fraction === '') return undefined;
    return new Quantity(
      signed(rounded(unsigned * mantissa, scale, binary > 0)),
      Math.max(scale, NANO),
      false,
    );
  }

  get isInteger(): boolean {
    return this.toInteger() !== undefined;
  }

  /** `undefined` where Go has no short way to an integer. */
  toInteger(): bigint | undefined {
    if (!this.isFast || this.scale < 0) return undefined;
    const value = this.value * 10n ** BigInt(this.scale);
    return fits(value) ? value : undefined;
  }

  /** @throws `NotSupported` where Go's number depends on how it got there */
  toNumber(): number {
    if (!this.isFast || !Number.isSafeInteger(Number(this.value)))
      throw new NotSupported('a quantity of that many digits as a number');
    // Read as text, a power of ten is exact.
    return Number(this.value) * Number(`1e${this.scale}`);
  }

  equals(other: Quantity): boolean {
    return this.compareTo(other) === 0n;
  }

  compareTo(other: Quantity): bigint {
    const [one, another] = align(this, other);
    if (one === another) return 0n;
    return one < another ? -1n : 1n;
  }

  plus(other: Quantity): Quantity {
    if (this.isFast && other.isFast) {
      if (other.value === 0n) return this;
      if (this.value === 0n) return other;
    }
    const [one, another, scale] = align(this, other);
    const isFast =
      this.isFast && other.isFast && [one, another, one + another].every(fits);
    return new Quantity(one + another, scale, isFast);
  }

  minus(other: Quantity): Quantity {
    return this.plus(new Quantity(-other.value, other.scale, other.isFast));
  }
}

declareType('Quantity', Quantity);

/** What is smaller than a billionth is rounded up, away from zero; binary amounts end at 2^63 - 1. */
function rounded(value: bigint, scale: number, isBinary: boolean): bigint {
  const beyond = scale < NANO ? 10n ** BigInt(NANO - scale) : 1n;
  const result = (value + beyond - 1n) / beyond;
  const most = MAX * 10n ** BigInt(Math.max(0, -Math.max(scale, NANO)));
  return isBinary && result > most ? most : result;
}

function align(one: Quantity, other: Quantity): [bigint, bigint, number] {
  const scale = Math.min(one.scale, other.scale);
  const of = ({ value, scale: own }: Quantity) =>
    value * 10n ** BigInt(own - scale);
  return [of(one), of(other), scale];
}
