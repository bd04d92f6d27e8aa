export { fileEdits } from './fileEdits';
export type { PlanGuardOptions } from './guards';
export { planChanges } from './planChanges';
export type { MovedRevision, PlanOptions } from './planChanges';
export { planSentence } from './sentence';
export * from './types';
