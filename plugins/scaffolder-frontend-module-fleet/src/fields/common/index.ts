export { textAt, valueAt } from './formValue';
export { SuggestedText } from './SuggestedText';
export type { Suggestion } from './SuggestedText';
