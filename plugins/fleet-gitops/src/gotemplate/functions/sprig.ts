import { defaultFunctions } from './defaults';
import { dictFunctions } from './dicts';
import { jsonFunctions } from './json';
import { listFunctions } from './lists';
import { mathFunctions } from './math';
import { semverFunctions } from './semver';
import { stringFunctions } from './strings';
import { FunctionMap } from './types';

/** Sprig v3 without `env`, `expandenv` and `getHostByName`. */
export const sprigFunctions: FunctionMap = {
  ...defaultFunctions,
  ...dictFunctions,
  ...jsonFunctions,
  ...listFunctions,
  ...mathFunctions,
  ...semverFunctions,
  ...stringFunctions,
};
