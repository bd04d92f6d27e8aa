import {
  badRequest,
  internalError,
  invalid,
  type StatusCause,
} from '../objects';
import { decodeContinueToken, type ContinueToken } from './continueToken';
import { queryFlag } from './requestInfo';

/** The query parameters of a list or watch, checked. */
export interface ListQuery {
  labelSelector?: string;
  fieldSelector?: string;
  /** Undefined for no limit. */
  limit?: number;
  continueToken?: ContinueToken;
  /** As sent: a number in text, or undefined when it was left out. */
  resourceVersion?: string;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  /** Seconds; undefined for the default of the server. */
  timeoutSeconds?: number;
  allowWatchBookmarks: boolean;
  sendInitialEvents?: boolean;
}

const MAX_UINT64 = 2n ** 64n - 1n;

function goInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^[-+]?\d+$/.test(text)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** What Go says about text that is no resourceVersion; undefined when it is one. */
function resourceVersionProblem(text: string): string | undefined {
  const problem = !/^\d+$/.test(text)
    ? 'invalid syntax'
    : BigInt(text) > MAX_UINT64 && 'value out of range';
  const quoted = JSON.stringify(text);
  return problem
    ? `resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: ${problem}`
    : undefined;
}

/** Raises 500, as a get or watch does for a version that is not a number. */
export function parseResourceVersion(text: string | undefined): number {
  if (!text) return 0;
  const problem = resourceVersionProblem(text);
  if (problem) throw internalError(problem);
  return Number(text);
}

function forbiddenField(field: string, message: string): StatusCause {
  return {
    reason: 'FieldValueForbidden',
    message: `Forbidden: ${message}`,
    field,
  };
}

function unsupportedMatch(match: string, supported: string[]): StatusCause {
  const names = supported.map(name => JSON.stringify(name)).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(
      match,
    )}: supported values: ${names}`,
    field: 'resourceVersionMatch',
  };
}

function listCauses(query: URLSearchParams): StatusCause[] {
  const causes: StatusCause[] = [];
  const match = query.get('resourceVersionMatch');
  const version = query.get('resourceVersion');
  if (match) {
    if (!version) {
      causes.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden unless resourceVersion is provided',
        ),
      );
    }
    if (query.get('continue')) {
      causes.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch is forbidden when continue is provided',
        ),
      );
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      causes.push(unsupportedMatch(match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && version === '0') {
      causes.push(
        forbiddenField(
          'resourceVersionMatch',
          'resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
        ),
      );
    }
  }
  if (query.has('sendInitialEvents')) {
    causes.push(
      forbiddenField(
        'sendInitialEvents',
        'sendInitialEvents is forbidden for list',
      ),
    );
  }
  return causes;
}

function watchCauses(query: URLSearchParams): StatusCause[] {
  const causes: StatusCause[] = [];
  const match = query.get('resourceVersionMatch');
  const initial = query.has('sendInitialEvents');
  if (initial && match !== 'NotOlderThan') {
    causes.push(
      forbiddenField(
        'resourceVersionMatch',
        'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      ),
    );
  }
  if (match && !initial) {
    causes.push(
      forbiddenField(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      ),
    );
  }
  if (match && match !== 'NotOlderThan') {
    causes.push(unsupportedMatch(match, ['NotOlderThan']));
  }
  return causes;
}

/**
 * Reads the options of a list or watch; raises what the API server raises for bad ones.
 *
 * Source: Kubernetes `apimachinery/pkg/apis/meta/internalversion/validation`.
 */
export function parseListQuery(
  query: URLSearchParams,
  watch: boolean,
): ListQuery {
  const limit = goInteger(query, 'limit');
  const timeoutSeconds = goInteger(query, 'timeoutSeconds');
  const causes = watch ? watchCauses(query) : listCauses(query);
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', causes);
  }
  const resourceVersion = query.get('resourceVersion') || undefined;
  const token = query.get('continue');
  if (!watch) {
    const problem = resourceVersion && resourceVersionProblem(resourceVersion);
    if (problem) throw badRequest(`invalid resource version: ${problem}`);
    if (token && resourceVersion && resourceVersion !== '0') {
      throw badRequest(
        'specifying resource version is not allowed when using continue',
      );
    }
  }
  return {
    labelSelector: query.get('labelSelector') || undefined,
    fieldSelector: query.get('fieldSelector') || undefined,
    limit: limit !== undefined && limit > 0 ? limit : undefined,
    continueToken: token && !watch ? decodeContinueToken(token) : undefined,
    resourceVersion,
    resourceVersionMatch: (query.get('resourceVersionMatch') || undefined) as
      | ListQuery['resourceVersionMatch']
      | undefined,
    timeoutSeconds: timeoutSeconds === 0 ? undefined : timeoutSeconds,
    allowWatchBookmarks: queryFlag(query, 'allowWatchBookmarks'),
    sendInitialEvents: query.has('sendInitialEvents')
      ? queryFlag(query, 'sendInitialEvents')
      : undefined,
  };
}
