import { FunctionError } from '../errors';
import { GoInteger, GoMethod, GoObject, Value, int } from '../values/types';

/** Masterminds/semver's loose form: minor and patch may be missing, a leading `v` is allowed. */
const VERSION =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

const MAX_SEGMENT = 0xffffffffffffffffn;

function compareSegments(left: bigint, right: bigint): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

function comparePart(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  if (left === '' || right === '') {
    return left === '' ? -1 : 1;
  }
  const isNumber = (part: string) =>
    /^[0-9]+$/.test(part) && BigInt(part) <= MAX_SEGMENT;
  if (isNumber(left) && isNumber(right)) {
    return compareSegments(BigInt(left), BigInt(right)) || -1;
  }
  if (isNumber(left) !== isNumber(right)) {
    return isNumber(left) ? -1 : 1;
  }
  return left > right ? 1 : -1;
}

/** Order of two pre-release texts; an empty one is a release. */
export function comparePrerelease(left: string, right: string): number {
  const leftParts = left.split('.');
  const rightParts = right.split('.');
  const count = Math.max(leftParts.length, rightParts.length);
  for (let index = 0; index < count; index++) {
    const order = comparePart(leftParts[index] ?? '', rightParts[index] ?? '');
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

interface Segments {
  major: bigint;
  minor: bigint;
  patch: bigint;
  prerelease: string;
  metadata: string;
}

const POINTER = '*semver.Version';

/** A version as `semver` returns it to templates (github.com/Masterminds/semver/v3). */
export class SemverVersion extends GoObject {
  readonly type: string;
  readonly kind: 'ptr' | 'struct';

  private constructor(
    readonly segments: Segments,
    readonly original: string,
    /** False for a version that a method returned by value: the methods of the pointer are not on it. */
    private readonly isPointer = true,
  ) {
    super();
    this.type = isPointer ? POINTER : 'semver.Version';
    this.kind = isPointer ? 'ptr' : 'struct';
  }

  /** @throws FunctionError when the text is no version */
  static parse(text: string): SemverVersion {
    const match = VERSION.exec(text);
    if (!match) {
      throw new FunctionError('invalid semantic version');
    }
    const [, major, minor = '0', patch = '0', prerelease = '', metadata = ''] =
      match;
    for (const segment of [major, minor, patch]) {
      if (BigInt(segment) > MAX_SEGMENT) {
        throw new FunctionError(
          `error parsing version segment: strconv.ParseUint: parsing "${segment}": value out of range`,
        );
      }
    }
    if (prerelease.split('.').some(part => /^0[0-9]+$/.test(part))) {
      throw new FunctionError('version segment starts with 0');
    }
    return new SemverVersion(
      {
        major: BigInt(major),
        minor: BigInt(minor),
        patch: BigInt(patch),
        prerelease,
        metadata,
      },
      text,
    );
  }

  compare(other: SemverVersion): number {
    const [a, b] = [this.segments, other.segments];
    const order =
      compareSegments(a.major, b.major) ||
      compareSegments(a.minor, b.minor) ||
      compareSegments(a.patch, b.patch);
    if (order !== 0 || a.prerelease === b.prerelease) {
      return order;
    }
    if (a.prerelease === '' || b.prerelease === '') {
      return a.prerelease === '' ? 1 : -1;
    }
    return comparePrerelease(a.prerelease, b.prerelease);
  }

  toGoString(): string {
    const { major, minor, patch, prerelease, metadata } = this.segments;
    return `${major}.${minor}.${patch}${prerelease && `-${prerelease}`}${
      metadata && `+${metadata}`
    }`;
  }

  toGoJson(): Value {
    return this.toGoString();
  }

  equals(other: GoObject): boolean {
    return (
      other instanceof SemverVersion &&
      other.type === this.type &&
      other.original === this.original &&
      other.toGoString() === this.toGoString()
    );
  }

  /** The copy that Sprig makes leaves out unexported fields, which are all of them. */
  deepCopy(): GoObject {
    const zero = {
      major: 0n,
      minor: 0n,
      patch: 0n,
      prerelease: '',
      metadata: '',
    };
    return new SemverVersion(zero, '', this.isPointer);
  }

  private next(change: Partial<Segments>): SemverVersion {
    const segments = {
      ...this.segments,
      prerelease: '',
      metadata: '',
      ...change,
    };
    const version = new SemverVersion(segments, '');
    const prefix = this.original.startsWith('v') ? 'v' : '';
    return new SemverVersion(segments, prefix + version.toGoString(), false);
  }

  private incrementPatch(): SemverVersion {
    const { patch, prerelease } = this.segments;
    return this.next(prerelease ? {} : { patch: patch + 1n });
  }

  private with(change: Partial<Segments>): SemverVersion {
    const { prerelease, metadata } = this.segments;
    const [[name, value]] = Object.entries(change) as [string, string][];
    const valid =
      value === '' ||
      value.split('.').every(part => /^[0-9A-Za-z-]*$/.test(part));
    if (!valid) {
      throw new FunctionError(`invalid ${name} string`);
    }
    if (
      name === 'prerelease' &&
      value.split('.').some(part => /^0[0-9]+$/.test(part))
    ) {
      throw new FunctionError('version segment starts with 0');
    }
    return this.next({ prerelease, metadata, ...change });
  }

  method(name: string): GoMethod | undefined {
    const { segments } = this;
    const number = (value: bigint) => new GoInteger('uint64', value);
    const value = (result: Value): GoMethod => ({
      parameters: [],
      call: () => result,
    });
    const comparison = (test: (order: number) => Value): GoMethod => ({
      parameters: [POINTER],
      call: (other: SemverVersion | null) => {
        if (!other) {
          throw new FunctionError(
            'runtime error: invalid memory address or nil pointer dereference',
          );
        }
        return test(this.compare(other));
      },
    });
    switch (name) {
      case 'Major':
        return value(number(segments.major));
      case 'Minor':
        return value(number(segments.minor));
      case 'Patch':
        return value(number(segments.patch));
      case 'Prerelease':
        return value(segments.prerelease);
      case 'Metadata':
        return value(segments.metadata);
      case 'String':
        return value(this.toGoString());
      case 'IncPatch':
        return value(this.incrementPatch());
      case 'IncMinor':
        return value(this.next({ minor: segments.minor + 1n, patch: 0n }));
      case 'IncMajor':
        return value(
          this.next({ major: segments.major + 1n, minor: 0n, patch: 0n }),
        );
      case 'SetPrerelease':
        return {
          parameters: ['string'],
          call: (text: string) => this.with({ prerelease: text }),
        };
      case 'SetMetadata':
        return {
          parameters: ['string'],
          call: (text: string) => this.with({ metadata: text }),
        };
      default:
    }
    if (!this.isPointer) {
      return undefined;
    }
    switch (name) {
      case 'Original':
        return value(this.original);
      case 'Compare':
        return comparison(order => int(order));
      case 'Equal':
        return comparison(order => order === 0);
      case 'LessThan':
        return comparison(order => order < 0);
      case 'LessThanEqual':
        return comparison(order => order <= 0);
      case 'GreaterThan':
        return comparison(order => order > 0);
      case 'GreaterThanEqual':
        return comparison(order => order >= 0);
      default:
        return undefined;
    }
  }
}
