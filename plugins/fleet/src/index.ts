/**
 * Pages, entity content and cards of Backstage Fleet, for the new frontend system.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export { PlanView, planProblem } from './components/Plan';
export { useLoaded } from './live';
export type { Loaded } from './live';
export { fleetTranslationRef } from './translation';
