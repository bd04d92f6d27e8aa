import { formatUrl, parseUrl } from '../encoding/url';
import { FunctionError } from '../errors';
import { GoDict, kindOf } from '../values/types';
import { FunctionMap, define } from './types';

function textEntry(dict: GoDict, key: string): string {
  if (!Object.hasOwn(dict, key)) {
    return '';
  }
  const value = dict[key];
  if (value === null || value === undefined) {
    throw new FunctionError(
      'runtime error: invalid memory address or nil pointer dereference',
    );
  }
  if (typeof value !== 'string') {
    throw new FunctionError(
      `unable to parse ${key} key, must be of type string, but ${kindOf(
        value,
      )} found`,
    );
  }
  return value;
}

function rethrow<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof FunctionError
      ? new FunctionError(`unable to parse ${what}: ${error.message}`)
      : error;
  }
}

function urlJoin(dict: GoDict): string {
  const parts = {
    scheme: textEntry(dict, 'scheme'),
    host: textEntry(dict, 'host'),
    path: textEntry(dict, 'path'),
    query: textEntry(dict, 'query'),
    opaque: textEntry(dict, 'opaque'),
    fragment: textEntry(dict, 'fragment'),
  };
  const given = textEntry(dict, 'userinfo');
  const userinfo =
    given === ''
      ? ''
      : rethrow(
          'userinfo in dict',
          () => parseUrl(`proto://${given}@host`).userinfo,
        );
  return formatUrl({ ...parts, userinfo });
}

/** Sprig's functions for URLs. */
export const urlFunctions: FunctionMap = {
  urlParse: define(['string'], text => ({
    ...rethrow('url', () => parseUrl(text)),
  })),
  urlJoin: define(['map[string]interface {}'], urlJoin),
};
