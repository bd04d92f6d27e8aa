export * from './layout';
export * from './Legend';
export * from './Matrix';
