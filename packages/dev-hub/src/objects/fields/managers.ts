import { FieldSet, decodeFields, encodeFields, printField } from './FieldSet';
import { StatusError } from '../status';
import type { StatusCause } from '../types';

/** Who owns which fields: one entry of `metadata.managedFields`. */
export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  /** RFC 3339, in seconds. */
  time?: string;
  fields: FieldSet;
}

export function readManagers(managedFields: any[] = []): Manager[] {
  return managedFields.map(entry => ({
    name: entry.manager,
    operation: entry.operation,
    apiVersion: entry.apiVersion,
    subresource: entry.subresource,
    time: entry.time,
    fields: decodeFields(entry.fieldsV1),
  }));
}

function sortKey({ operation, time = '', name }: Manager): string {
  return [operation, time, name].join('\u0000');
}

/** `metadata.managedFields`, without managers that own nothing; undefined when there are none. */
export function writeManagers(managers: Manager[]): object[] | undefined {
  const entries = managers
    .filter(({ fields }) => fields.size > 0)
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
    .map(({ name, operation, apiVersion, subresource, time, fields }) => ({
      manager: name,
      operation,
      apiVersion,
      ...(time ? { time } : {}),
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      ...(subresource ? { subresource } : {}),
    }));
  return entries.length > 0 ? entries : undefined;
}

export function isSameManager(
  a: Omit<Manager, 'fields' | 'time'>,
  b: Omit<Manager, 'fields' | 'time'>,
): boolean {
  return (
    a.name === b.name &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    a.subresource === b.subresource
  );
}

function printManager(manager: Manager): string {
  const name = JSON.stringify(manager.name);
  const through = manager.subresource
    ? `${name} with subresource ${JSON.stringify(manager.subresource)}`
    : name;
  if (manager.operation === 'Apply') return through;
  return manager.time
    ? `${through} using ${manager.apiVersion} at ${manager.time}`
    : `${through} using ${manager.apiVersion}`;
}

/**
 * 409 for fields that others own, in the words of the API server.
 *
 * Source: apimachinery `util/managedfields/internal/conflict.go`.
 */
export function managerConflict(
  conflicts: Array<{ manager: Manager; fields: FieldSet }>,
): StatusError {
  const groups = conflicts
    .map(({ manager, fields }) => ({
      manager: printManager(manager),
      fields: [...fields].map(printField).sort(),
    }))
    .sort((a, b) => (a.manager < b.manager ? -1 : 1));
  const causes: StatusCause[] = groups.flatMap(({ manager, fields }) =>
    fields.map(field => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${manager}`,
      field,
    })),
  );
  const told =
    causes.length === 1
      ? `1 conflict: ${causes[0].message}: ${causes[0].field}`
      : `${causes.length} conflicts: ${groups
          .map(({ manager, fields }) =>
            [`conflicts with ${manager}:`, ...fields.map(f => `- ${f}`)].join(
              '\n',
            ),
          )
          .join('\n')}`;
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Apply failed with ${told}`,
    details: { causes },
  });
}
