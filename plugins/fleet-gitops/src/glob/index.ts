export { globDoublestar, matchDoublestar } from './doublestar';
export * from './errors';
export * from './pathMatch';
export * from './pathspec';
