export * from './ErrorNote';
export * from './EntityLink';
export * from './ExternalLink';
export * from './FleetLinks';
export * from './PendingButton';
export * from './RelativeTime';
export * from './Sentence';
export * from './useDocumentTitle';
