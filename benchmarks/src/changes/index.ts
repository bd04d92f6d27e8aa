export { measureChanges as measure } from './measureChanges';
