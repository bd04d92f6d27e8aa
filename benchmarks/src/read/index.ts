export { measureRead as measure } from './measureRead';
