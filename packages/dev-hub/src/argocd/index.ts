export type { Account } from './api/accounts';
export { createArgocdServer } from './server';
