export { measurePaint as measure } from './measurePaint';
