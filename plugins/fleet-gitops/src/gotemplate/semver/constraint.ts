import { FunctionError } from '../errors';
import { SemverVersion, comparePrerelease } from './version';

const PARTIAL_VERSION = String.raw`v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?`;
// RE2 prefers alternatives in their order, as JavaScript does; the empty operator comes second upstream.
const OPERATORS = String.raw`=||!=|>|<|>=|=>|<=|=<|~|~>|\^`;
const SPACE = String.raw`[\t\n\f\r ]`;

const CONSTRAINT = new RegExp(
  `^${SPACE}*(${OPERATORS})${SPACE}*(${PARTIAL_VERSION})${SPACE}*$`,
);
const RANGE = new RegExp(
  `${SPACE}*(${PARTIAL_VERSION})${SPACE}+-${SPACE}+(${PARTIAL_VERSION})${SPACE}*`,
  'g',
);
const FIND = new RegExp(`(${OPERATORS})${SPACE}*(${PARTIAL_VERSION})`, 'g');
const VALID = new RegExp(
  `^(${SPACE}*(${OPERATORS})${SPACE}*(${PARTIAL_VERSION})${SPACE}*)((?:${SPACE}+|,${SPACE}*)(${OPERATORS})${SPACE}*(${PARTIAL_VERSION})${SPACE}*)*$`,
);

interface Constraint {
  operator: string;
  version: SemverVersion;
  /** The minor version is missing or a wildcard. */
  minorDirty: boolean;
  /** The patch version is missing or a wildcard. */
  patchDirty: boolean;
  /** Any of the three is. */
  dirty: boolean;
}

function isWildcard(part: string | undefined): boolean {
  return part === undefined || /^\.?[xX*]$/.test(part);
}

function parseConstraint(text: string): Constraint {
  const match = CONSTRAINT.exec(text);
  if (!match) {
    throw new FunctionError(`improper constraint: ${text}`);
  }
  const [, operator, whole, major, minor, patch, prerelease = ''] = match;
  let version = whole;
  let minorDirty = false;
  let patchDirty = false;
  let dirty = true;
  if (isWildcard(major)) {
    version = `0.0.0${prerelease}`;
  } else if (isWildcard(minor)) {
    minorDirty = true;
    version = `${major}.0.0${prerelease}`;
  } else if (isWildcard(patch)) {
    patchDirty = true;
    version = `${major}${minor}.0${prerelease}`;
  } else {
    dirty = false;
  }
  try {
    return {
      operator,
      version: SemverVersion.parse(version),
      minorDirty,
      patchDirty,
      dirty,
    };
  } catch {
    throw new FunctionError('constraint parser error');
  }
}

function satisfiesNotEqual(
  version: SemverVersion,
  constraint: Constraint,
): boolean {
  const [v, c] = [version.segments, constraint.version.segments];
  if (constraint.dirty) {
    if (c.major !== v.major) {
      return true;
    }
    if (c.minor !== v.minor && !constraint.minorDirty) {
      return true;
    }
    if (constraint.minorDirty) {
      return false;
    }
    if (c.patch !== v.patch && !constraint.patchDirty) {
      return true;
    }
    if (constraint.patchDirty) {
      return (
        (v.prerelease !== '' || c.prerelease !== '') &&
        comparePrerelease(v.prerelease, c.prerelease) !== 0
      );
    }
  }
  return version.compare(constraint.version) !== 0;
}

function satisfiesGreater(
  version: SemverVersion,
  constraint: Constraint,
): boolean {
  const [v, c] = [version.segments, constraint.version.segments];
  if (!constraint.dirty) {
    return version.compare(constraint.version) > 0;
  }
  if (v.major !== c.major) {
    return v.major > c.major;
  }
  if (constraint.minorDirty) {
    return false;
  }
  return constraint.patchDirty
    ? v.minor > c.minor
    : version.compare(constraint.version) > 0;
}

function satisfiesLessOrEqual(
  version: SemverVersion,
  constraint: Constraint,
): boolean {
  const [v, c] = [version.segments, constraint.version.segments];
  if (!constraint.dirty) {
    return version.compare(constraint.version) <= 0;
  }
  return !(
    v.major > c.major ||
    (v.major === c.major && v.minor > c.minor && !constraint.minorDirty)
  );
}

function satisfiesTilde(
  version: SemverVersion,
  constraint: Constraint,
): boolean {
  const [v, c] = [version.segments, constraint.version.segments];
  if (version.compare(constraint.version) < 0) {
    return false;
  }
  const matchesAll =
    c.major === 0n &&
    c.minor === 0n &&
    c.patch === 0n &&
    !constraint.minorDirty &&
    !constraint.patchDirty;
  return (
    matchesAll ||
    (v.major === c.major && (v.minor === c.minor || constraint.minorDirty))
  );
}

function satisfiesCaret(
  version: SemverVersion,
  constraint: Constraint,
): boolean {
  const [v, c] = [version.segments, constraint.version.segments];
  if (version.compare(constraint.version) < 0) {
    return false;
  }
  if (c.major > 0n || constraint.minorDirty) {
    return v.major === c.major;
  }
  if (v.major > 0n) {
    return false;
  }
  if (c.minor > 0n || constraint.patchDirty) {
    return v.minor === c.minor;
  }
  return v.minor === 0n && c.patch === v.patch;
}

function satisfies(
  version: SemverVersion,
  constraint: Constraint,
  includePrerelease: boolean,
): boolean {
  if (version.segments.prerelease !== '' && !includePrerelease) {
    return false;
  }
  switch (constraint.operator) {
    case '!=':
      return satisfiesNotEqual(version, constraint);
    case '>':
      return satisfiesGreater(version, constraint);
    case '<':
      return version.compare(constraint.version) < 0;
    case '>=':
    case '=>':
      return version.compare(constraint.version) >= 0;
    case '<=':
    case '=<':
      return satisfiesLessOrEqual(version, constraint);
    case '~':
    case '~>':
      return satisfiesTilde(version, constraint);
    case '^':
      return satisfiesCaret(version, constraint);
    default:
      return constraint.dirty
        ? satisfiesTilde(version, constraint)
        : version.compare(constraint.version) === 0;
  }
}

/** Constraints of which one alternative must hold, each with parts that must all hold. */
export type SemverConstraint = Constraint[][];

/**
 * Parses a constraint as Masterminds/semver v3.4 does: `>=1.2 <2 || ^3`, `1.2 - 1.5`, `~1.2`, `1.x`.
 *
 * @throws FunctionError when it is none
 */
export function parseSemverConstraint(text: string): SemverConstraint {
  const rewritten = text.replace(RANGE, (...match) => {
    const low = match[1] as string;
    const high = match[11] as string;
    return `>= ${low}, <= ${high} `;
  });
  return rewritten.split('||').map(alternative => {
    if (!VALID.test(alternative)) {
      throw new FunctionError(`improper constraint: ${alternative}`);
    }
    return (alternative.match(FIND) ?? [alternative]).map(parseConstraint);
  });
}

/** Whether a version meets a constraint; pre-releases only meet alternatives that name one. */
export function checkSemverConstraint(
  constraint: SemverConstraint,
  version: SemverVersion,
): boolean {
  return constraint.some(parts => {
    const includePrerelease = parts.some(
      part => part.version.segments.prerelease !== '',
    );
    return parts.every(part => satisfies(version, part, includePrerelease));
  });
}
