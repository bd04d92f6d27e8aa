import type { Equatable } from '../comparison';
import { declareType } from '../types';

function parseV4(text: string): number[] | undefined {
  const parts = text.split('.');
  return parts.length === 4 &&
    parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
    ? parts.map(Number)
    : undefined;
}

/** The fields of one side of `::`, each of 16 bits; an IPv4 address at the end is two. */
function fieldsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const fields: number[] = [];
  for (const [at, part] of parts.entries()) {
    const v4 = at === parts.length - 1 ? parseV4(part) : undefined;
    if (v4) fields.push(v4[0] * 256 + v4[1], v4[2] * 256 + v4[3]);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) fields.push(parseInt(part, 16));
    else return undefined;
  }
  return fields;
}

function parseV6(text: string): number[] | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  // An IPv4 address is the end of the whole, never of the first side.
  if (sides.length === 2 && sides[0].includes('.')) return undefined;
  const [first, last] = [fieldsOf(sides[0]), fieldsOf(sides[1] ?? '')];
  if (!first || !last) return undefined;
  if (sides.length === 1) return first.length === 8 ? first : undefined;
  const missing = 8 - first.length - last.length;
  return missing >= 1
    ? [...first, ...new Array<number>(missing).fill(0), ...last]
    : undefined;
}

/**
 * An IP address, without a zone and not IPv4 within IPv6. Source: Go `net/netip`, apiserver `pkg/cel/library/ip.go`.
 */
export class IpAddress implements Equatable {
  private constructor(
    readonly family: 4 | 6,
    /** Bytes of IPv4, fields of 16 bits of IPv6. */
    private readonly fields: readonly number[],
  ) {}

  /** @returns `undefined` where the text is none, or Kubernetes takes it for none */
  static parse(text: string): IpAddress | undefined {
    if (!text.includes(':')) {
      const bytes = parseV4(text);
      return bytes && new IpAddress(4, bytes);
    }
    const fields = parseV6(text);
    const isMapped =
      fields?.slice(0, 5).every(field => field === 0) && fields[5] === 0xffff;
    return fields && !isMapped ? new IpAddress(6, fields) : undefined;
  }

  /** Bits of all addresses of the family. */
  get bits(): number {
    return this.family === 4 ? 32 : 128;
  }

  get #fieldBits(): number {
    return this.family === 4 ? 8 : 16;
  }

  equals(other: IpAddress): boolean {
    return this.family === other.family && this.toString() === other.toString();
  }

  /** The first bits of the address, the others 0. */
  masked(bits: number): IpAddress {
    const size = this.#fieldBits;
    return new IpAddress(
      this.family,
      this.fields.map((field, at) => {
        const dropped = Math.min(size, Math.max(0, size * (at + 1) - bits));
        return Math.floor(field / 2 ** dropped) * 2 ** dropped;
      }),
    );
  }

  get isUnspecified(): boolean {
    return this.fields.every(field => field === 0);
  }

  get isLoopback(): boolean {
    const [first] = this.fields;
    return this.family === 4 ? first === 127 : this.toString() === '::1';
  }

  get #isMulticast(): boolean {
    const [first] = this.fields;
    return this.family === 4 ? first >> 4 === 14 : first >> 8 === 0xff;
  }

  get isLinkLocalMulticast(): boolean {
    const [first, second, third] = this.fields;
    return this.family === 4
      ? first === 224 && second === 0 && third === 0
      : Math.floor(first / 256) === 0xff && first % 16 === 2;
  }

  get isLinkLocalUnicast(): boolean {
    const [first, second] = this.fields;
    return this.family === 4
      ? first === 169 && second === 254
      : first >> 6 === 0xfe80 >> 6;
  }

  get isGlobalUnicast(): boolean {
    return (
      this.toString() !== '255.255.255.255' &&
      !this.isUnspecified &&
      !this.isLoopback &&
      !this.#isMulticast &&
      !this.isLinkLocalUnicast
    );
  }

  /** As RFC 5952 writes it: the first of the longest rows of zeros is `::`. */
  toString(): string {
    if (this.family === 4) return this.fields.join('.');
    let [start, length] = [8, 1];
    for (let at = 0; at < 8; at++) {
      let end = at;
      while (end < 8 && this.fields[end] === 0) end++;
      if (end - at > length) [start, length] = [at, end - at];
    }
    const hex = (fields: readonly number[]) =>
      fields.map(field => field.toString(16)).join(':');
    return start === 8
      ? hex(this.fields)
      : `${hex(this.fields.slice(0, start))}::${hex(
          this.fields.slice(start + length),
        )}`;
  }
}

declareType('IP', IpAddress);
