import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  describeProblem,
  HubStatusError,
  type ResourceName,
} from '../problems';

/** What was asked for, as messages name it. */
export interface RequestName {
  /** The Application. */
  namespace: string;
  name: string;
  action: 'sync' | 'refresh';
  api: NonNullable<ResourceName['api']>;
}

/** The error that says to people what became of a request, and what to do. */
export function requestProblem(error: unknown, asked: RequestName): Error {
  if (error instanceof HubStatusError) {
    const { code, message } = error;
    const { namespace, name } = asked;
    if (code === 403) return new NotAllowedError(missingRight(asked));
    if (code === 404) {
      return new NotFoundError(
        `The hub has no Application ${name} in namespace ${namespace} any more.`,
      );
    }
    if (code === 409 || (asked.api === 'argocd' && code === 400)) {
      return new ConflictError(
        `Argo CD refuses to ${asked.action} ${name}: ${message}`,
      );
    }
    if (code === 400 || code === 422) {
      return new InputError(
        `The hub refuses to ${asked.action} ${name}: ${message}`,
      );
    }
  }
  // Thrown by ourselves, with a message for people.
  if (error instanceof ConflictError || error instanceof InputError)
    return error;
  return new ServiceUnavailableError(
    describeProblem(error, {
      resource: 'applications.argoproj.io',
      api: asked.api,
    }).message,
  );
}

/** The right that the hub's account lacks, to be copied as it is. */
function missingRight({ namespace, name, action, api }: RequestName): string {
  if (api === 'argocd') {
    const verb = action === 'sync' ? 'sync' : 'get';
    return `Argo CD does not let the token ${action} ${name}. Add to policy.csv in argocd-rbac-cm, for the account or role of the token: p, <account>, applications, ${verb}, */*, allow`;
  }
  const verbs = action === 'sync' ? '"get", "patch"' : '"patch"';
  return `The hub does not let the token ${action} ${name} (403). Add this rule to a Role of its account in namespace ${namespace}: {apiGroups: ["argoproj.io"], resources: ["applications"], verbs: [${verbs}]}`;
}
