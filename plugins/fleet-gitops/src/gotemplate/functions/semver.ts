import {
  checkSemverConstraint,
  parseSemverConstraint,
} from '../semver/constraint';
import { SemverVersion } from '../semver/version';
import { FunctionMap, define } from './types';

/** Sprig's functions for semantic versions. */
export const semverFunctions: FunctionMap = {
  semver: define(['string'], text => SemverVersion.parse(text)),
  semverCompare: define(['string', 'string'], (constraint, version) =>
    checkSemverConstraint(
      parseSemverConstraint(constraint),
      SemverVersion.parse(version),
    ),
  ),
};
