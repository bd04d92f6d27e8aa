export { checkGoldenCase, goldenCaseKind } from './check';
export type { GoldenCase, GoldenCaseKind } from './types';
