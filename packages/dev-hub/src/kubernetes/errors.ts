import { StatusError, qualifiedResource, type Resource } from '../objects';
import type { User } from './access';
import type { RequestInfo } from './requestInfo';

/** An answer in plain text, where the API server has no Status. */
export class PlainTextError extends Error {
  constructor(readonly code: number, message: string) {
    super(message);
    this.name = 'PlainTextError';
  }
}

export function pageNotFound(): PlainTextError {
  return new PlainTextError(404, '404 page not found\n');
}

export function unauthorized(): StatusError {
  return new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

/** 403 in the words of RBAC. */
export function forbidden(user: User, info: RequestInfo): StatusError {
  if (info.type === 'path') {
    return new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User ${JSON.stringify(user.name)} cannot ${
        info.verb
      } path ${JSON.stringify(info.path)}`,
      details: {},
    });
  }
  const resource = info.subresource
    ? `${info.plural}/${info.subresource}`
    : info.plural;
  const what = qualifiedResource(info) + (info.name ? ` "${info.name}"` : '');
  const where =
    info.namespace === undefined
      ? 'at the cluster scope'
      : `in the namespace "${info.namespace}"`;
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: User ${JSON.stringify(user.name)} cannot ${
      info.verb
    } resource "${resource}" in API group "${info.group}" ${where}`,
    details: {
      ...(info.name ? { name: info.name } : {}),
      ...(info.group ? { group: info.group } : {}),
      kind: info.plural,
    },
  });
}

/** 404 for a path of the core group that leads nowhere. */
export function resourceNotFound(): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  });
}

export function methodNotAllowed(resource: Resource): StatusError {
  return new StatusError({
    code: 405,
    reason: 'MethodNotAllowed',
    message: resource.custom
      ? ` is not supported on resources of kind "${qualifiedResource(
          resource,
        )}"`
      : 'the server does not allow this method on the requested resource',
    details: resource.custom
      ? { group: resource.group, kind: resource.plural }
      : {},
  });
}

const MEDIA_TYPES = ['application/json', 'application/yaml'];

export function notAcceptable(custom: boolean): StatusError {
  const list = [...MEDIA_TYPES, 'application/vnd.kubernetes.protobuf'].join(
    ', ',
  );
  return new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message: custom
      ? `only the following media types are accepted: ${list}`
      : `406: Not Acceptable\n\nAvailable representations: ${list}`,
    ...(custom ? {} : { details: {} }),
  });
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  });
}

export function entityTooLarge(limit: number): StatusError {
  return new StatusError({
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: limit is ${limit}`,
  });
}
