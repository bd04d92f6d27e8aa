export { textAt, valueAt } from './formValue';
export { Loading } from './Loading';
export { LoadProblem } from './LoadProblem';
export { Problem } from './Problem';
export { SuggestedText } from './SuggestedText';
export type { Suggestion } from './SuggestedText';
