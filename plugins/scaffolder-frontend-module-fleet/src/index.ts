/**
 * Form fields of Backstage Fleet for software templates.
 *
 * @packageDocumentation
 */
export { default } from './module';
export * from './legacy';
export * from './review';
export { scaffolderFleetTranslationRef } from './translation';
