/**
 * Form fields of Backstage Fleet for software templates.
 *
 * @packageDocumentation
 */
export { default } from './module';
export { scaffolderFleetTranslationRef } from './translation';
