export { FleetPage } from './FleetPage';
export { FleetRouter } from './FleetRouter';
