export * from './DefinitionController';
export { kroDefinitions } from './definitions';
