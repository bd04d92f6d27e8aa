export * from './layout';
export * from './Legend';
export * from './Matrix';
export { isRecent } from './MatrixCell';
