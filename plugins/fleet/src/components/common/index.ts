export * from './ErrorNote';
export * from './ExternalLink';
export * from './FleetLinks';
export * from './RelativeTime';
export * from './Sentence';
