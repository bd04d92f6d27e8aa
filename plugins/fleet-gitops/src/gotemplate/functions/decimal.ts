import { FunctionError } from '../errors';

/** An exact decimal: coefficient × 10^exponent, as shopspring/decimal, which Sprig's float functions use. */
export class Decimal {
  constructor(readonly coefficient: bigint, readonly exponent: number) {}

  /** The decimal that `%v` prints for a float64. */
  static fromNumber(value: number): Decimal {
    if (!Number.isFinite(value)) {
      throw new FunctionError(
        `Cannot create a Decimal from ${value > 0 ? '+' : ''}${String(
          value,
        ).replace('inity', '')}`,
      );
    }
    const [mantissa, exponent] = value.toExponential().split('e');
    const [whole, fraction = ''] = mantissa.split('.');
    return new Decimal(
      BigInt(whole + fraction),
      Number(exponent) - fraction.length,
    );
  }

  private scaledTo(exponent: number): bigint {
    return this.coefficient * 10n ** BigInt(this.exponent - exponent);
  }

  plus(other: Decimal): Decimal {
    const exponent = Math.min(this.exponent, other.exponent);
    return new Decimal(
      this.scaledTo(exponent) + other.scaledTo(exponent),
      exponent,
    );
  }

  minus(other: Decimal): Decimal {
    return this.plus(new Decimal(-other.coefficient, other.exponent));
  }

  times(other: Decimal): Decimal {
    return new Decimal(
      this.coefficient * other.coefficient,
      this.exponent + other.exponent,
    );
  }

  toNumber(): number {
    return Number(`${this.coefficient}e${this.exponent}`);
  }
}

/** Digits behind the point that a division keeps (shopspring's DivisionPrecision). */
const DIVISION_PRECISION = 16;

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A division rounded half away from zero to 16 digits behind the point. */
export function decimalDivide(dividend: Decimal, divisor: Decimal): Decimal {
  if (divisor.coefficient === 0n) {
    throw new FunctionError('decimal division by 0');
  }
  const shift = dividend.exponent - divisor.exponent + DIVISION_PRECISION;
  const numerator =
    dividend.coefficient * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const denominator =
    divisor.coefficient * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  const negative = numerator < 0n !== denominator < 0n;
  const roundUp = abs(remainder) * 2n >= abs(denominator);
  const step = negative ? -1n : 1n;
  return new Decimal(roundUp ? quotient + step : quotient, -DIVISION_PRECISION);
}

/** Folds an operation over numbers, exactly, and converts the result to a float64. */
export function decimalResult(
  first: number,
  rest: readonly number[],
  operation: (left: Decimal, right: Decimal) => Decimal,
): number {
  return rest
    .map(Decimal.fromNumber)
    .reduce(operation, Decimal.fromNumber(first))
    .toNumber();
}
