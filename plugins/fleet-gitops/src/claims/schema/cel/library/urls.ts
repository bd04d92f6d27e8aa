import { EvaluationFailure } from '../errors';
import type { Library } from './types';
import { Url } from './url';

function url(text: string): Url {
  const parsed = Url.parse(text);
  if (parsed) return parsed;
  throw new EvaluationFailure(`\`${text}\` is no URL`);
}

/** Source: apiserver `pkg/cel/library/urls.go`. */
export const URLS: Library = {
  'url(string)': url,
  'isURL(string)': Url.isUrl,
  '<URL>.getScheme()': ({ scheme }) => scheme,
  '<URL>.getHost()': ({ host }) => host,
  '<URL>.getHostname()': ({ hostname }) => hostname,
  '<URL>.getPort()': ({ port }) => port,
  '<URL>.getEscapedPath()': ({ escapedPath }) => escapedPath,
  '<URL>.getQuery()': ({ queryParameters }) => queryParameters,
};
