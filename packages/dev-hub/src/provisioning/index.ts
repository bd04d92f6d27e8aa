export { FAIL_ANNOTATION, HOLD_ANNOTATION } from './outcome';
export * from './startProvisioning';
export * from './timings';
