export * from './age';
export * from './queries';
export * from './useAge';
export * from './useFleetMatrix';
export * from './useFleetRefresh';
export * from './useLoaded';
