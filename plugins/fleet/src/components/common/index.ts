export * from './ErrorNote';
export * from './ExternalLink';
export * from './FleetLinks';
export * from './PendingButton';
export * from './RelativeTime';
export * from './Sentence';
