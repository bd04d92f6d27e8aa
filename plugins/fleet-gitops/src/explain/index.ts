export { explain } from './explain';
export type { ExplainOptions } from './finding';
