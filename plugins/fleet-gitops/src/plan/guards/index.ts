export { checkGuards, guardOverridePermission } from './checkGuards';
export type { PlanGuardOptions } from './types';
