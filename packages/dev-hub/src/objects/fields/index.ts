export * from './apply';
export * from './strategicMerge';
