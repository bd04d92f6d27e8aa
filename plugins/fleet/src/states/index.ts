export * from './lastKnownText';
export { StateIcon } from './StateIcon';
export { StateLabel, stateClass } from './StateLabel';
