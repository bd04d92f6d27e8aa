export * from './Facts';
export * from './Page';
