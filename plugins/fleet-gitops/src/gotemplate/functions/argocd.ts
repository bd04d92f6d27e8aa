import { builtinFunctions } from './builtins';
import { nameFunctions } from './normalize';
import { sprigFunctions } from './sprig';
import { FunctionMap } from './types';
import { yamlFunctions } from './yaml';

/** Everything a template of an ApplicationSet can call (Argo CD's applicationset/utils). */
export const argocdFunctions: FunctionMap = {
  ...builtinFunctions,
  ...sprigFunctions,
  ...yamlFunctions,
  ...nameFunctions,
};
