export { ApplicationSetError, NotEvaluableError } from './errors';
export * from './evaluate';
export * from './selector';
export * from './types';
export * from './reconcile';
