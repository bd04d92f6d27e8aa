export * from './BareRepository';
export * from './errors';
export type { MergeResult } from './merge';
export * from './names';
export * from './seedRepository';
export * from './types';
