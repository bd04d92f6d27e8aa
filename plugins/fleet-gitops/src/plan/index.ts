export { fileEdits } from './fileEdits';
export type { PlanGuardOptions } from './guards';
export { planChanges } from './planChanges';
export type { PlanOptions } from './planChanges';
export * from './types';
