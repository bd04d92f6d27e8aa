const NANO = 1_000_000_000n;
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
const PATTERN =
  /^([+-]?)(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;
const MAX_EXPONENT = 18;

/** An amount as Kubernetes writes it, for example `1.5Gi` or `250m`. Source: apimachinery `pkg/api/resource/quantity.go`. */
export class Quantity {
  constructor(readonly nano: bigint) {}

  /** @returns `undefined` where the text is none, or has more digits than are compared exactly here */
  static parse(text: string): Quantity | undefined {
    const match = PATTERN.exec(text);
    if (!match) return undefined;
    const [, sign, digits, exponent, suffix = ''] = match;
    const [whole, fraction = ''] = digits.split('.');
    const power = exponent ? Number(exponent.slice(1)) : DECIMAL[suffix] ?? 0;
    if (Math.abs(power) > MAX_EXPONENT) return undefined;
    const binary = BINARY.indexOf(suffix) + 1;
    const scaled =
      BigInt(whole + fraction || '0') *
      1024n ** BigInt(binary) *
      10n ** BigInt(9 + MAX_EXPONENT + power);
    const divisor = 10n ** BigInt(fraction.length + MAX_EXPONENT);
    // What is smaller than a billionth is rounded up, away from zero.
    const nano = (scaled + divisor - 1n) / divisor;
    return new Quantity(sign === '-' ? -nano : nano);
  }

  get isInteger(): boolean {
    return this.nano % NANO === 0n;
  }

  toInteger(): bigint {
    if (!this.isInteger) throw new Error('the quantity is no integer');
    return this.nano / NANO;
  }

  compareTo(other: Quantity): bigint {
    if (this.nano === other.nano) return 0n;
    return this.nano < other.nano ? -1n : 1n;
  }

  plus(other: Quantity | bigint): Quantity {
    return new Quantity(this.nano + nanoOf(other));
  }

  minus(other: Quantity | bigint): Quantity {
    return new Quantity(this.nano - nanoOf(other));
  }
}

function nanoOf(value: Quantity | bigint): bigint {
  return typeof value === 'bigint' ? value * NANO : value.nano;
}
