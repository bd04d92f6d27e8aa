export * from './DefinitionController';
export { crossplaneConversions, crossplaneDefinitions } from './definitions';
