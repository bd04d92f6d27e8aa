import { defaultFunctions } from './defaults';
import { dictFunctions } from './dicts';
import { jsonFunctions } from './json';
import { listFunctions } from './lists';
import { mathFunctions } from './math';
import { semverFunctions } from './semver';
import { stringFunctions } from './strings';
import { dateFunctions } from './dates';
import { pathFunctions } from './paths';
import { regexFunctions } from './regex';
import { cryptoFunctions } from './crypto';
import { urlFunctions } from './urls';
import { FunctionMap } from './types';

/** Sprig v3 without `env`, `expandenv` and `getHostByName`. */
export const sprigFunctions: FunctionMap = {
  ...defaultFunctions,
  ...dictFunctions,
  ...jsonFunctions,
  ...listFunctions,
  ...mathFunctions,
  ...dateFunctions,
  ...pathFunctions,
  ...regexFunctions,
  ...cryptoFunctions,
  ...urlFunctions,
  ...semverFunctions,
  ...stringFunctions,
};
