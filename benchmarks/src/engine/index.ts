export { measureEngine as measure } from './measureEngine';
