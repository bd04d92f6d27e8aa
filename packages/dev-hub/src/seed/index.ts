export * from './example';
export * from './history';
export * from './hubsFile';
export * from './replay';
export * from './sources';
