import { invalid, type StatusCause, type WriteOptions } from '../objects';
import type { ResourceCall } from './context';

function unsupported(
  field: string,
  shown: string,
  supported: string[],
): StatusCause {
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown}: supported values: ${supported
      .map(value => JSON.stringify(value))
      .join(', ')}`,
    field,
  };
}

/** What is wrong with `dryRun`. */
export function dryRunCauses(values: string[]): StatusCause[] {
  return values.some(value => value !== 'All')
    ? [
        unsupported(
          'dryRun',
          `[${values.map(value => JSON.stringify(value)).join(',')}]`,
          ['All'],
        ),
      ]
    : [];
}

/** What a request other than an apply is, or is not, in need of. */
function applyCauses(query: URLSearchParams, apply: boolean): StatusCause[] {
  if (!apply) {
    return query.has('force')
      ? [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: may not be specified for non-apply patch',
            field: 'force',
          },
        ]
      : [];
  }
  return query.get('fieldManager')
    ? []
    : [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: is required for apply patch',
          field: 'fieldManager',
        },
      ];
}

function writeCauses(
  query: URLSearchParams,
  kind: WriteKind,
  apply: boolean,
): StatusCause[] {
  const causes = kind === 'PatchOptions' ? applyCauses(query, apply) : [];
  const manager = query.get('fieldManager') ?? '';
  if (Buffer.byteLength(manager) > 128) {
    causes.push({
      reason: 'FieldValueTooLong',
      message: 'Too long: may not be more than 128 bytes',
      field: 'fieldManager',
    });
  }
  causes.push(...dryRunCauses(query.getAll('dryRun')));
  const validation = query.get('fieldValidation') ?? '';
  if (!['', 'Ignore', 'Strict', 'Warn'].includes(validation)) {
    causes.push(
      unsupported('fieldValidation', JSON.stringify(validation), [
        '',
        'Ignore',
        'Strict',
        'Warn',
      ]),
    );
  }
  return causes;
}

/** Text of a Warning header. Source: RFC 7234, 5.5; agents other than `-` are not used by Kubernetes. */
function warningHeader(message: string): string {
  const quoted = message.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
  return `299 - "${quoted}"`;
}

type WriteKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions';

/** The field manager of a request: as it says, or by the program that sends it. Source: apiserver `handlers/create.go`, managerOrUserAgent. */
function managerOf({ query, message }: ResourceCall): string {
  const agent = message.headers['user-agent']?.split('/')[0];
  return query.get('fieldManager') || agent || 'unknown';
}

/** Checks the query parameters of a write; warnings of the store go into the answer's headers. */
export function writeOptionsOf(
  call: ResourceCall,
  kind: WriteKind,
  apply = false,
): WriteOptions & { fieldManager: string } {
  const causes = writeCauses(call.query, kind, apply);
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind }, '', causes);
  }
  return {
    fieldManager: managerOf(call),
    dryRun: call.query.getAll('dryRun').length > 0,
    onWarning: message =>
      call.response.appendHeader('Warning', warningHeader(message)),
  };
}
