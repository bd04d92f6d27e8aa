import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { badRequest } from '../objects';
import { anonymous, mayAccess, type AccessToken, type User } from './access';
import { forbidden, unauthorized } from './errors';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function bearer(headers: IncomingHttpHeaders): string | undefined {
  const [scheme, ...rest] = (headers.authorization ?? '').trim().split(/\s+/);
  return /^bearer$/i.test(scheme) && rest.length > 0 ? rest[0] : undefined;
}

function headerValues(headers: IncomingHttpHeaders, name: string): string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function impersonate(
  user: User,
  headers: IncomingHttpHeaders,
  users: User[],
): User {
  const [name] = headerValues(headers, 'impersonate-user');
  const groups = headerValues(headers, 'impersonate-group');
  if (name === undefined) {
    if (groups.length === 0) return user;
    throw badRequest(
      `requested &user.DefaultInfo{Name:"", UID:"", Groups:[]string{${groups
        .map(group => JSON.stringify(group))
        .join(
          ', ',
        )}}, Extra:map[string][]string(nil)} without impersonating a user name`,
    );
  }
  const asked = { verb: 'impersonate', group: '', resource: 'users' };
  if (!mayAccess(user, asked)) {
    throw forbidden(user, {
      type: 'resource',
      version: 'v1',
      plural: 'users',
      name,
      verb: 'impersonate',
      group: '',
      legacyWatch: false,
    });
  }
  return {
    name,
    groups,
    rules: users.find(other => other.name === name)?.rules ?? [],
  };
}

/**
 * Who sends a request. Without a bearer token it is the anonymous user; an unknown token raises 401.
 */
export function createAuthenticator(
  tokens: AccessToken[],
): (headers: IncomingHttpHeaders) => User {
  const known = tokens.map(user => ({ digest: digest(user.token), user }));
  return headers => {
    const presented = bearer(headers);
    if (presented === undefined) return anonymous;
    const presentedDigest = digest(presented);
    const found = known.find(candidate =>
      timingSafeEqual(candidate.digest, presentedDigest),
    );
    if (!found) throw unauthorized();
    return impersonate(found.user, headers, tokens);
  };
}
