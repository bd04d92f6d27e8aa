import type { Equatable } from '../comparison';
import { EvaluationFailure } from '../errors';
import { declareType } from '../types';
import { IpAddress } from './ipAddress';
import type { Library } from './types';

/** A range of IP addresses. Source: Go `net/netip`, apiserver `pkg/cel/library/cidr.go`. */
class Cidr implements Equatable {
  constructor(
    readonly address: IpAddress,
    /** Number of bits that the addresses have in common. */
    readonly length: number,
  ) {}

  static parse(text: string): Cidr | undefined {
    const slash = text.lastIndexOf('/');
    const address =
      slash < 0 ? undefined : IpAddress.parse(text.slice(0, slash));
    const bits = text.slice(slash + 1);
    return address &&
      /^(0|[1-9]\d{0,2})$/.test(bits) &&
      Number(bits) <= address.bits
      ? new Cidr(address, Number(bits))
      : undefined;
  }

  equals(other: Cidr): boolean {
    return this.toString() === other.toString();
  }

  contains(address: IpAddress): boolean {
    return (
      address.family === this.address.family &&
      address.masked(this.length).equals(this.address.masked(this.length))
    );
  }

  containsRange(other: Cidr): boolean {
    return this.length <= other.length && this.contains(other.address);
  }

  toString(): string {
    return `${this.address}/${this.length}`;
  }
}

declareType('CIDR', Cidr);

function ip(text: string): IpAddress {
  const address = IpAddress.parse(text);
  if (address) return address;
  throw new EvaluationFailure(`\`${text}\` is no IP address`);
}

function cidr(text: string): Cidr {
  const range = Cidr.parse(text);
  if (range) return range;
  throw new EvaluationFailure(`\`${text}\` is no range of IP addresses`);
}

/** Source: apiserver `pkg/cel/library/ip.go`, `cidr.go`. */
export const NETWORK: Library = {
  'ip(string)': ip,
  'isIP(string)': text => IpAddress.parse(text) !== undefined,
  'ip.isCanonical(string)': text => String(ip(text)) === text,
  'string(IP)': String,
  '<IP>.family()': ({ family }) => BigInt(family),
  '<IP>.isUnspecified()': address => address.isUnspecified,
  '<IP>.isLoopback()': address => address.isLoopback,
  '<IP>.isLinkLocalMulticast()': address => address.isLinkLocalMulticast,
  '<IP>.isLinkLocalUnicast()': address => address.isLinkLocalUnicast,
  '<IP>.isGlobalUnicast()': address => address.isGlobalUnicast,
  'cidr(string)': cidr,
  'isCIDR(string)': text => Cidr.parse(text) !== undefined,
  'string(CIDR)': String,
  '<CIDR>.containsIP(string)': (range, text) => range.contains(ip(text)),
  '<CIDR>.containsIP(IP)': (range, address) => range.contains(address),
  '<CIDR>.containsCIDR(string)': (range, text) =>
    range.containsRange(cidr(text)),
  '<CIDR>.containsCIDR(CIDR)': (range, other) => range.containsRange(other),
  '<CIDR>.ip()': ({ address }) => address,
  '<CIDR>.prefixLength()': ({ length }) => BigInt(length),
  '<CIDR>.masked()': ({ address, length }) =>
    new Cidr(address.masked(length), length),
};
