export { applyIntent } from './applyIntent';
export { branchName } from './branchName';
export { parseIntent } from './parseIntent';
export { INTENT_KINDS } from './registry';
export type {
  AppliedIntent,
  AppliedPart,
  ApplyIntentOptions,
  ReferenceOperation,
} from './types';
