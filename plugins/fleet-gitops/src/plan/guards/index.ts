export { checkGuards } from './checkGuards';
export type { PlanGuardOptions } from './types';
