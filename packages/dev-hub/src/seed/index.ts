export * from './example';
export * from './history';
export * from './replay';
