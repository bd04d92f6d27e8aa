export { callFunction, isFunction } from './functions';
