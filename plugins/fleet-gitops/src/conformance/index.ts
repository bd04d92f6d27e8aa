export { checkGoldenCase, goldenCaseKind } from './check';
export { sweepYamlEdits } from './editSweep';
export type { SweptEdit } from './editSweep';
export type { GoldenCase, GoldenCaseKind } from './types';
