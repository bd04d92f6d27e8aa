import type { Resource, StatusCause } from './types';

/** `v1.Status`: how the API reports every failure, and the success of a deletion. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: { continue?: string; resourceVersion?: string };
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: Array<Partial<StatusCause>>;
    retryAfterSeconds?: number;
  };
  code?: number;
}

type ResourceName = Pick<Resource, 'group' | 'plural'>;
type KindName = Pick<Resource, 'group' | 'kind'>;

/** A failed request, with the Status that the API answers. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(
    status: Pick<Status, 'message' | 'reason' | 'details' | 'code'> & {
      continueToken?: string;
    },
  ) {
    super(status.message);
    this.name = 'StatusError';
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: status.continueToken ? { continue: status.continueToken } : {},
      status: 'Failure',
      message: status.message,
      ...(status.reason ? { reason: status.reason } : {}),
      ...(status.details ? { details: status.details } : {}),
      code: status.code,
    };
  }

  get code(): number {
    return this.status.code ?? 500;
  }

  get reason(): string | undefined {
    return this.status.reason;
  }
}

/** True for a StatusError with this reason (`NotFound`, `Conflict`, `AlreadyExists`, `Expired`, …). */
export function isStatus(error: unknown, reason: string): error is StatusError {
  return error instanceof StatusError && error.reason === reason;
}

/** `applications.argoproj.io`, or `secrets` for the core group. */
export function qualifiedResource(resource: ResourceName): string {
  return resource.group
    ? `${resource.plural}.${resource.group}`
    : resource.plural;
}

function qualifiedKind(resource: KindName): string {
  return resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
}

function resourceDetails(resource: ResourceName, name: string) {
  return {
    name,
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
  };
}

export function notFound(resource: ResourceName, name: string): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualifiedResource(resource)} "${name}" not found`,
    details: resourceDetails(resource, name),
  });
}

export function alreadyExists(
  resource: ResourceName,
  name: string,
  prefix = '',
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${prefix}${qualifiedResource(resource)} "${name}" already exists`,
    details: resourceDetails(resource, name),
  });
}

export function conflict(
  resource: ResourceName,
  name: string,
  message = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualifiedResource(
      resource,
    )} "${name}": ${message}`,
    details: resourceDetails(resource, name),
  });
}

/** A failed precondition of a deletion names the kind where other conflicts name the resource. */
export function preconditionFailed(
  resource: KindName,
  name: string,
  message: string,
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualifiedKind(
      resource,
    )} "${name}": ${message}`,
    details: {
      name,
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.kind,
    },
  });
}

export function invalid(
  resource: KindName,
  name: string,
  causes: StatusCause[],
): StatusError {
  // Go's aggregate error says the same thing once.
  const texts = [
    ...new Set(causes.map(cause => `${cause.field}: ${cause.message}`)),
  ];
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualifiedKind(resource)} "${name}" is invalid: ${
      texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
    }`,
    details: {
      ...(name ? { name } : {}),
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.kind,
      causes,
    },
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

/** An error of the server's own: a Status without a reason. */
export function internalError(message: string): StatusError {
  return new StatusError({ code: 500, message });
}

export function expired(message: string, continueToken?: string): StatusError {
  return new StatusError({
    code: 410,
    reason: 'Expired',
    message,
    continueToken,
  });
}

/** 504 for a version that the server has not reached. */
export function tooLargeResourceVersion(
  requested: number | string,
  current: number,
): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${requested}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}
