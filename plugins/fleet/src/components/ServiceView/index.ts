export * from './FleetCard';
export * from './ServiceView';
