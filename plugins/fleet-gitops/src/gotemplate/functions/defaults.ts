import { isEmpty } from '../values/truth';
import { kindOf, typeOf } from '../values/types';
import { valueText } from '../fmt/printf';
import { FunctionError } from '../errors';
import { FunctionMap, define } from './types';

/** Sprig's functions for defaults, types and flow. */
export const defaultFunctions: FunctionMap = {
  default: define(['any', '...any'], (fallback, ...given) =>
    given.length === 0 || isEmpty(given[0]) ? fallback : given[0],
  ),
  empty: define(['any'], isEmpty),
  coalesce: define(
    ['...any'],
    (...values) => values.find(value => !isEmpty(value)) ?? null,
  ),
  all: define(['...any'], (...values) =>
    values.every(value => !isEmpty(value)),
  ),
  any: define(['...any'], (...values) => values.some(value => !isEmpty(value))),
  ternary: define(['any', 'any', 'bool'], (yes, no, condition) =>
    condition ? yes : no,
  ),
  fail: define(['string'], message => {
    throw new FunctionError(message);
  }),
  typeOf: define(['any'], typeOf),
  typeIs: define(['string', 'any'], (type, value) => type === typeOf(value)),
  typeIsLike: define(
    ['string', 'any'],
    (type, value) => type === typeOf(value) || `*${type}` === typeOf(value),
  ),
  kindOf: define(['any'], kindOf),
  kindIs: define(['string', 'any'], (kind, value) => kind === kindOf(value)),
  toString: define(['any'], valueText),
  hello: define([], () => 'Hello!'),
};
