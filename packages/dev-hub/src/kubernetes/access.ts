import type { RequestInfo } from './requestInfo';

/** What a user may do, as one rule of a Role or ClusterRole. `*` stands for everything. */
export interface AccessRule {
  verbs: string[];
  /** Empty string for the core group; every group when left out. */
  groups?: string[];
  /** Plural names, with `/status` for a subresource. */
  resources: string[];
  /** Every namespace and the cluster scope when left out. */
  namespaces?: string[];
}

/** Somebody who holds a bearer token. */
export interface User {
  name: string;
  groups?: string[];
  rules: AccessRule[];
}

/** A bearer token and what its holder may do. */
export interface AccessToken extends User {
  token: string;
}

/** Everything. */
export const adminRules: AccessRule[] = [{ verbs: ['*'], resources: ['*'] }];

/** Reading everything and changing nothing. */
export const readerRules: AccessRule[] = [
  { verbs: ['get', 'list', 'watch'], resources: ['*'] },
];

export const anonymous: User = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
  rules: [],
};

const OPEN_PATHS = ['/healthz', '/livez', '/readyz'];

/** Discovery, which every authenticated user may read. Source: Kubernetes ClusterRole `system:discovery`. */
const DISCOVERY_PATHS = [
  '/',
  '/api',
  '/apis',
  '/version',
  '/openapi',
  '/metrics',
];

function matches(allowed: string[] | undefined, value: string): boolean {
  return !allowed || allowed.includes('*') || allowed.includes(value);
}

/** What is asked of the rules. */
export interface ResourceAttributes {
  verb: string;
  group: string;
  resource: string;
  namespace?: string;
}

export function mayAccess(user: User, asked: ResourceAttributes): boolean {
  return user.rules.some(
    rule =>
      matches(rule.verbs, asked.verb) &&
      matches(rule.groups, asked.group) &&
      matches(rule.resources, asked.resource) &&
      (!rule.namespaces ||
        (asked.namespace !== undefined &&
          rule.namespaces.includes(asked.namespace))),
  );
}

function isBelow(path: string, parents: string[]): boolean {
  return parents.some(
    parent =>
      path === parent || (parent !== '/' && path.startsWith(`${parent}/`)),
  );
}

/** Reviews of one's own rights, open to every authenticated user. Source: ClusterRole `system:basic-user`. */
function isSelfReview(asked: ResourceAttributes): boolean {
  return (
    asked.verb === 'create' &&
    ['selfsubjectaccessreviews', 'selfsubjectreviews'].includes(asked.resource)
  );
}

export function isAllowed(user: User, info: RequestInfo): boolean {
  if (info.type === 'path') {
    return (
      isBelow(info.path, OPEN_PATHS) ||
      (user !== anonymous && isBelow(info.path, DISCOVERY_PATHS)) ||
      user.rules.some(rule => rule.verbs.includes('*'))
    );
  }
  const asked: ResourceAttributes = {
    verb: info.verb,
    group: info.group,
    resource: info.subresource
      ? `${info.plural}/${info.subresource}`
      : info.plural,
    namespace: info.namespace,
  };
  return mayAccess(user, asked) || (user !== anonymous && isSelfReview(asked));
}
