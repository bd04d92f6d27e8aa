export { reconcileApplicationSet } from './reconcile';
export * from './types';
