export { isDeepEqual } from './comparison';
export { checkRules } from './rules';
export type { RulesCheck, UnevaluatedRule } from './rules';
