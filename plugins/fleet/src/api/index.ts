export { fleetApiRef } from './FleetApi';
export type { ChangeAction, FleetApi } from './FleetApi';
export { FleetClient } from './FleetClient';
export { errorSentence } from './errorSentence';
