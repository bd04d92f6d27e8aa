export * from './FleetCard';
export * from './PromoteDialog';
export * from './ServiceView';
export * from './ToggleDialog';
