/** What a request to the API asks for, read from its method and path alone. */
export interface ResourceRequest {
  type: 'resource';
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  /** `status`, or more path steps that no resource has. */
  subresource?: string;
  verb: string;
  /** From a `/watch/` path. */
  legacyWatch: boolean;
}

export interface PathRequest {
  type: 'path';
  path: string;
  verb: string;
}

export type RequestInfo = ResourceRequest | PathRequest;

const VERBS: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Booleans in a query as Go reads them: present means true, unless it says `false` or `0`. */
export function queryFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return (
    value !== null &&
    value.toLocaleLowerCase('en-US') !== 'false' &&
    value !== '0'
  );
}

function resourceVerb(
  method: string,
  name: string | undefined,
  watch: boolean,
): string {
  const verb = VERBS[method] ?? '';
  if (watch && verb === 'get' && name === undefined) return 'watch';
  if (name !== undefined) return verb;
  if (verb === 'get') return 'list';
  if (verb === 'delete') return 'deletecollection';
  return verb;
}

/**
 * Reads a request. Source: Kubernetes `apiserver/pkg/endpoints/request/requestinfo.go`.
 *
 * @param path - decoded, without query
 */
export function parseRequest(
  method: string,
  path: string,
  query: URLSearchParams,
): RequestInfo {
  const steps = path.split('/').filter(step => step !== '');
  const pathRequest: PathRequest = {
    type: 'path',
    path,
    verb: VERBS[method] ?? method.toLocaleLowerCase('en-US'),
  };
  let rest: string[];
  let group = '';
  let version: string;
  if (steps[0] === 'api' && steps.length > 2) {
    [, version, ...rest] = steps;
  } else if (steps[0] === 'apis' && steps.length > 3) {
    [, group, version, ...rest] = steps;
  } else {
    return pathRequest;
  }
  const legacyWatch = rest[0] === 'watch';
  if (legacyWatch) rest = rest.slice(1);
  let namespace: string | undefined;
  if (rest[0] === 'namespaces' && rest.length > 1) {
    namespace = rest[1];
    if (rest.length > 2 && !['status', 'finalize'].includes(rest[2])) {
      rest = rest.slice(2);
    }
  }
  const [plural, name, ...below] = rest;
  if (!plural) return pathRequest;
  return {
    type: 'resource',
    group,
    version,
    plural,
    namespace,
    name,
    subresource: below.length > 0 ? below.join('/') : undefined,
    verb: resourceVerb(method, name, legacyWatch || queryFlag(query, 'watch')),
    legacyWatch,
  };
}
