import type { HubStatus } from '@backstage-fleet/plugin-fleet-common';

/** What to do about something that went wrong between us and a hub. */
export interface HubProblem {
  status: Exclude<HubStatus, 'connecting' | 'live'>;
  /** What is wrong and what to do. Never has a byte of an answer's body, except a Status message of the API. */
  message: string;
  /** The watch cannot be resumed: list again. */
  relist?: boolean;
  /** Seconds that the hub asked us to wait. */
  retryAfter?: number;
  /** Usually gone at the next try, a second later. */
  transient?: boolean;
}

/** The resource that was asked for, as messages name it. */
export interface ResourceName {
  /** For example `applications.argoproj.io`. */
  resource: string;
  /** Absent where all namespaces are watched. */
  namespace?: string;
  /** Whether objects of this resource are in no namespace. */
  clusterScoped?: boolean;
  /** Name of the only object that is read. */
  only?: string;
  /** Whose API it is of. Default: that of Kubernetes. */
  api?: 'kubernetes' | 'argocd';
}

/** The hub answered with an error of the Kubernetes API, by HTTP or as an ERROR event of a watch. */
export class HubStatusError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'HubStatusError';
  }
}

/** The hub sent something that is not the Kubernetes API's. */
export class GarbageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GarbageError';
  }
}

/** The hub was silent for longer than it may be. */
export class SilenceError extends Error {
  constructor(
    readonly seconds: number,
    /** Whether the request was answered at all. */
    readonly answered: boolean,
  ) {
    super(`silent for ${seconds} s`);
    this.name = 'SilenceError';
  }
}

/** The Kubernetes plugin did not pass a request on to the hub. */
export class PassingOnError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PassingOnError';
  }
}

/** The hub ends every watch as soon as it is open. */
export class EarlyCloseError extends Error {
  constructor() {
    super('watch closed at once');
    this.name = 'EarlyCloseError';
  }
}

/** A stream of Argo CD's API does not tell everything that its list has. */
export class IncompleteStreamError extends Error {
  constructor() {
    super('stream incomplete');
    this.name = 'IncompleteStreamError';
  }
}

const TLS_CODES = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/;

/** Says what an error means and what to do about it. */
export function describeProblem(
  error: unknown,
  name: ResourceName,
): HubProblem {
  if (error instanceof HubStatusError) {
    return describeStatus(error, name);
  }
  if (error instanceof PassingOnError) {
    return {
      status: 'unreachable',
      message: `The Kubernetes plugin does not reach the hub: ${error.message}`,
    };
  }
  if (error instanceof SilenceError) {
    return error.answered
      ? {
          status: 'stale',
          message: `The hub has sent nothing for ${error.seconds} s, not even the end of the watch. Connecting again.`,
        }
      : {
          status: 'unreachable',
          message: `The hub took the request and did not answer within ${error.seconds} s.`,
        };
  }
  if (error instanceof GarbageError) {
    return {
      status: 'stale',
      message: `${error.message} Check that the hub's \`url\` is that of ${
        name.api === 'argocd' ? 'an Argo CD API' : 'a Kubernetes API'
      }.`,
      relist: true,
      transient: true,
    };
  }
  if (error instanceof EarlyCloseError) {
    return {
      status: 'stale',
      transient: true,
      message:
        'The hub ends every watch at once. Check proxies between Backstage and the hub.',
    };
  }
  if (error instanceof IncompleteStreamError) {
    return {
      status: 'stale',
      message: `Argo CD's stream of ${name.resource} leaves out some that its list has. Reading it anew.`,
    };
  }
  return describeNetworkError(error);
}

function describeStatus(
  { code, message, retryAfter }: HubStatusError,
  name: ResourceName,
): HubProblem {
  const { resource, api } = name;
  switch (code) {
    case 401:
      return {
        status: 'unauthorized',
        message:
          'The hub refuses the token (401). Put a valid one into `token` or `tokenFile` of this hub in `fleet.hubs`, or a valid certificate where it signs in with one.',
      };
    case 403:
      return {
        status: 'unauthorized',
        message:
          api === 'argocd'
            ? notAllowedByArgocd(resource)
            : `The token may not read ${resource} ${where(
                name,
              )} (403). ${missingRule(name)}`,
      };
    case 404:
      return {
        status: 'unreachable',
        message: `The hub does not serve ${resource} (404). ${
          resource.endsWith('.argoproj.io')
            ? "Install Argo CD's CRDs there, or correct"
            : 'Correct'
        } \`url\` of this hub in \`fleet.hubs\`.`,
      };
    case 410:
      return {
        status: 'stale',
        message: 'The hub has dropped the version we were at. Reading it anew.',
        relist: true,
        transient: true,
      };
    case 429:
      return {
        status: 'stale',
        message: 'The hub is overloaded and asks us to wait (429).',
        retryAfter,
      };
    default:
      return {
        status: 'unreachable',
        message: `The hub answers with an error (${code}): ${message}`,
        retryAfter,
        // A version that the hub does not know yet (restored from a backup) is only found by reading anew.
        relist: code === 400 || code === 500 || code === 504,
      };
  }
}

function where({ namespace, clusterScoped }: ResourceName): string {
  if (clusterScoped) return 'of the cluster';
  return namespace ? `in namespace ${namespace}` : 'in all namespaces';
}

/** The RBAC rule that would allow it, to be copied as it is. */
function missingRule({ resource, namespace, only }: ResourceName): string {
  const [plural, ...group] = resource.split('.');
  const rule = `{apiGroups: ["${group.join('.')}"], resources: ["${plural}"], ${
    only ? `resourceNames: ["${only}"], ` : ''
  }verbs: ["list", "watch"]}`;
  return namespace
    ? `Add this rule to a Role of its account in namespace ${namespace}: ${rule}`
    : `Add this rule to a ClusterRole of its account: ${rule}`;
}

/** What Argo CD's own access control does not allow, and the line of `argocd-rbac-cm` that would. */
export function notAllowedByArgocd(resource: string): string {
  const objects =
    resource === 'clusters' || resource === 'projects' ? '*' : '*/*';
  return `Argo CD does not let the token see ${resource}. Add to policy.csv in argocd-rbac-cm, for the account or role of the token: p, <account>, ${resource}, get, ${objects}, allow`;
}

function describeNetworkError(error: unknown): HubProblem {
  const code = errorCode(error);
  const unreachable = (message: string): HubProblem => ({
    status: 'unreachable',
    message,
  });
  if (code && TLS_CODES.test(code)) {
    return unreachable(
      `The hub's certificate is not trusted (${code}). Give its issuer in \`caData\` or \`caFile\` of this hub in \`fleet.hubs\`.`,
    );
  }
  switch (code) {
    case 'ECONNREFUSED':
      return unreachable(
        'The hub refuses connections. Check that its API server runs and that `url` is right.',
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(
        "The hub's host name cannot be resolved. Check `url` of this hub in `fleet.hubs`.",
      );
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return unreachable(
        'The hub cannot be reached over the network. Check routes and firewalls between Backstage and the hub.',
      );
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return {
        ...unreachable('The hub broke off the connection.'),
        transient: true,
      };
    default:
      return unreachable(`The hub cannot be read (${code ?? 'no code'}).`);
  }
}

/** The code of a Node.js or undici error, looked for in its causes and in what it gathers. */
function errorCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) {
    return undefined;
  }
  const { code, cause, errors } = error as {
    code?: unknown;
    cause?: unknown;
    errors?: unknown[];
  };
  if (typeof code === 'string') return code;
  return (
    errorCode(cause, depth + 1) ??
    (Array.isArray(errors) ? errorCode(errors[0], depth + 1) : undefined)
  );
}
