import { timestamp, type Clock } from '../objects';
import { mayAccess, type User } from './access';
import type { RequestInfo } from './requestInfo';

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

/**
 * Answers the reviews by which a client asks about itself (`kubectl auth can-i`, `kubectl auth whoami`); undefined for
 * other requests.
 */
export function review(
  info: RequestInfo,
  user: User,
  body: any,
  clock: Clock,
): object | undefined {
  if (info.type !== 'resource' || info.verb !== 'create') return undefined;
  const { group, plural } = info;
  if (
    group === 'authorization.k8s.io' &&
    plural === 'selfsubjectaccessreviews'
  ) {
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
  if (group === 'authentication.k8s.io' && plural === 'selfsubjectreviews') {
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
  return undefined;
}
