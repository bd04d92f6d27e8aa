export * from './createGeneratedHub';
export * from './GeneratedFleet';
