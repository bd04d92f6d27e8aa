export * from './example';
export * from './history';
