import { builtinFunctions } from './builtins';
import { FunctionMap } from './types';

/** Everything a template of an ApplicationSet can call (Argo CD's applicationset/utils). */
export const argocdFunctions: FunctionMap = {
  ...builtinFunctions,
};
