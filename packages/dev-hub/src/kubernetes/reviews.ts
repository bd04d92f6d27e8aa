import type { IncomingMessage } from 'node:http';
import { badRequest, timestamp, type Clock } from '../objects';
import { mayAccess, type User } from './access';
import { unsupportedMediaType } from './errors';
import { jsonProblem, mediaType, readBody } from './requestBody';
import type { RequestInfo, ResourceRequest } from './requestInfo';

const ATTRIBUTES = [
  'namespace',
  'verb',
  'group',
  'version',
  'resource',
  'subresource',
  'name',
];

function inOrder(attributes: Record<string, unknown>): object {
  return Object.fromEntries(
    ATTRIBUTES.filter(name => attributes[name]).map(name => [
      name,
      attributes[name],
    ]),
  );
}

/** True for the requests by which a client asks about itself. */
export function isReview(info: RequestInfo): info is ResourceRequest {
  return (
    info.type === 'resource' &&
    info.verb === 'create' &&
    (`${info.group}/${info.plural}` ===
      'authorization.k8s.io/selfsubjectaccessreviews' ||
      `${info.group}/${info.plural}` ===
        'authentication.k8s.io/selfsubjectreviews')
  );
}

async function readReview(message: IncomingMessage): Promise<any> {
  if ((mediaType(message) ?? 'application/json') !== 'application/json') {
    throw unsupportedMediaType(['application/json']);
  }
  const text = await readBody(message);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${jsonProblem(
        text,
        error,
      )}`,
    );
  }
}

/** Answers what the user may do, or who the user is. */
export async function review(
  info: ResourceRequest,
  user: User,
  message: IncomingMessage,
  clock: Clock,
): Promise<object> {
  const body = await readReview(message);
  if (info.plural === 'selfsubjectreviews') {
    return {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { creationTimestamp: timestamp(clock) },
      status: {
        userInfo: {
          username: user.name,
          groups: [...(user.groups ?? []), 'system:authenticated'],
        },
      },
    };
  }
  const asked = body?.spec?.resourceAttributes ?? {};
  const allowed = mayAccess(user, {
    verb: asked.verb ?? '',
    group: asked.group ?? '',
    resource: asked.subresource
      ? `${asked.resource}/${asked.subresource}`
      : asked.resource ?? '',
    namespace: asked.namespace || undefined,
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: { resourceAttributes: inOrder(asked) },
    status: { allowed },
  };
}
