export * from './clusterIndex';
export * from './declaredServices';
export * from './fleetStore';
export * from './namePattern';
export * from './records';
export * from './revision';
export { parseTime } from './time';
export * from './matrix';
export * from './views';
