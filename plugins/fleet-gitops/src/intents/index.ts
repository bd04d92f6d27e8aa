export { applyIntent } from './applyIntent';
export { branchName } from './branchName';
export { parseIntent } from './parseIntent';
export { INTENT_KINDS } from './registry';
export type { IntentStage, ObjectReference } from './stages';
export type {
  AppliedIntent,
  ApplyIntentOptions,
  ReferenceOperation,
} from './types';
