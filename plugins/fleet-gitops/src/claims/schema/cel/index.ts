export { checkRules } from './rules';
export type { RulesCheck } from './rules';
