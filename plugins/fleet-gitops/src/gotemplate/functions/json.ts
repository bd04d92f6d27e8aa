import { FunctionError } from '../errors';
import { decodeJson } from '../json/decode';
import { encodeJson, indentJson } from '../json/encode';
import { Value } from '../values/types';
import { FunctionMap, define } from './types';

/** Go's idiom `output, _ :=`: an error leaves the zero value. */
function orElse<T>(fallback: T, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FunctionError) {
      return fallback;
    }
    throw error;
  }
}

/** Sprig's functions for JSON. */
export const jsonFunctions: FunctionMap = {
  toJson: define(['any'], value => orElse('', () => encodeJson(value))),
  mustToJson: define(['any'], value => encodeJson(value)),
  toPrettyJson: define(['any'], value =>
    orElse('', () => indentJson(encodeJson(value))),
  ),
  mustToPrettyJson: define(['any'], value => indentJson(encodeJson(value))),
  toRawJson: define(['any'], value => encodeJson(value, false)),
  mustToRawJson: define(['any'], value => encodeJson(value, false)),
  fromJson: define(['string'], text =>
    orElse<Value>(null, () => decodeJson(text)),
  ),
  mustFromJson: define(['string'], decodeJson),
};
