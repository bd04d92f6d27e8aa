export { explain } from './explain';
export type {
  DetailedExplanation,
  ExplainedApplication,
  ExplainOptions,
} from './types';
