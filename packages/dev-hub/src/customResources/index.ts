export * from './controller';
export * from './definitions';
export * from './toResource';
