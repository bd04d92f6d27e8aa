import type { Equatable } from '../comparison';
import { EvaluationFailure } from '../errors';
import { declareType } from '../types';
import type { Library } from './types';

const PATTERN =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]*))?(?:\+([0-9A-Za-z.-]*))?$/;
const MOST = 2n ** 64n - 1n;

/** A version by semver.org. Source: `github.com/blang/semver/v4`. */
class Version implements Equatable {
  private constructor(
    /** Major, minor and patch. */
    readonly numbers: readonly bigint[],
    private readonly pre: readonly string[],
  ) {}

  static parse(text: string): Version | undefined {
    const match = PATTERN.exec(text);
    if (!match) return undefined;
    const numbers = match.slice(1, 4).map(BigInt);
    const [pre, build] = [match[4]?.split('.'), match[5]?.split('.')];
    const isWrong =
      numbers.some(number => number > MOST) ||
      pre?.some(part => part === '' || /^0\d+$/.test(part)) ||
      build?.includes('');
    return isWrong ? undefined : new Version(numbers, pre ?? []);
  }

  equals(other: Version): boolean {
    return this.compareTo(other) === 0n;
  }

  compareTo(other: Version): bigint {
    for (const [at, number] of this.numbers.entries())
      if (number !== other.numbers[at])
        return number < other.numbers[at] ? -1n : 1n;
    const lengths = [this.pre.length, other.pre.length];
    // A version without a pre-release is the later one.
    if (lengths.includes(0))
      return BigInt(Number(lengths[0] === 0) - Number(lengths[1] === 0));
    for (let at = 0; at < Math.min(...lengths); at++) {
      const order = comparePart(this.pre[at], other.pre[at]);
      if (order !== 0n) return order;
    }
    return BigInt(Math.sign(lengths[0] - lengths[1]));
  }
}

declareType('Semver', Version);

/** Numbers come before texts. */
function comparePart(one: string, other: string): bigint {
  const isNumber = [one, other].map(part => /^\d+$/.test(part));
  if (isNumber[0] !== isNumber[1]) return isNumber[0] ? -1n : 1n;
  const [a, b] = isNumber[0] ? [BigInt(one), BigInt(other)] : [one, other];
  if (a === b) return 0n;
  return a < b ? -1n : 1n;
}

/** Source: apiserver `pkg/cel/library/semverlib.go`, `normalizeAndParse`. */
function normalized(text: string): string {
  const [major, minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [major, minor, rest.length > 0 ? rest.join('.') : undefined]
    .filter(part => part !== undefined)
    .map(part =>
      part.length > 1 ? part.replace(/^0+/, '').replace(/^(?!\d)/, '0') : part,
    );
  // A short version has neither a pre-release nor a build.
  if (parts.length < 3 && /[+-]/.test(parts.at(-1)!)) return '';
  while (parts.length < 3) parts.push('0');
  return parts.join('.');
}

function read(text: string, normalize = false): Version | undefined {
  return Version.parse(normalize ? normalized(text) : text);
}

function semver(text: string, normalize?: boolean): Version {
  const version = read(text, normalize);
  if (version) return version;
  throw new EvaluationFailure(`\`${text}\` is no semantic version`);
}

const isSemver = (text: string, normalize?: boolean) =>
  read(text, normalize) !== undefined;

/** Source: apiserver `pkg/cel/library/semverlib.go`. */
export const SEMVER: Library = {
  'semver(string)': semver,
  'semver(string, bool)': semver,
  'isSemver(string)': isSemver,
  'isSemver(string, bool)': isSemver,
  '<Semver>.major()': ({ numbers }) => numbers[0],
  '<Semver>.minor()': ({ numbers }) => numbers[1],
  '<Semver>.patch()': ({ numbers }) => numbers[2],
  '<Semver>.isGreaterThan(Semver)': (one, other) => one.compareTo(other) > 0n,
  '<Semver>.isLessThan(Semver)': (one, other) => one.compareTo(other) < 0n,
  '<Semver>.compareTo(Semver)': (one, other) => one.compareTo(other),
};
