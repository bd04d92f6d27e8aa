export { fleetApiRef } from './FleetApi';
export type { ChangeAction, FleetApi, MatrixOptions } from './FleetApi';
export { FleetClient } from './FleetClient';
export { errorSentence } from './errorSentence';
