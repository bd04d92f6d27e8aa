export { applyIntent } from './applyIntent';
export type { AppliedIntent, ApplyIntentOptions } from './applyIntent';
export { branchName } from './branchName';
export { parseIntent } from './parseIntent';
