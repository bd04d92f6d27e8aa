export * from './changes';
export { ChangeEngine } from './changeEngine';
export type { ChangeOrder, OrderedChange } from './changeEngine';
export { ChangeTracker } from './changeTracker';
export { GuardStopError } from './guards';
export type { ChangeJournal, JournaledChange } from './journal';
export * from './routes';
export { listenToWebhooks } from './webhooks';
export type { FleetView, IntentEngine } from './types';
