import { timestamp, type Clock } from '../clock';
import type { KubernetesObject } from '../types';
import { FieldSet } from './FieldSet';
import {
  isSameManager,
  managerConflict,
  readManagers,
  writeManagers,
  type Manager,
} from './managers';
import {
  compareFields,
  fieldsOf,
  mergeFields,
  withoutFields,
  type FieldChanges,
} from './values';

/** Who writes. */
export interface Writer {
  fieldManager: string;
  apiVersion: string;
  subresource?: string;
}

/** Owns what was there before an object was applied for the first time. */
const BEFORE_FIRST_APPLY = 'before-first-apply';

function withoutNulls(value: any): any {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([name, child]) => [name, withoutNulls(child)]),
  );
}

/** Metadata of an object has more than what the fleet looks at. */
function managedFieldsOf({ metadata }: KubernetesObject): any {
  return (metadata as { managedFields?: unknown }).managedFields;
}

function ownersOf(live: KubernetesObject | undefined): Manager[] {
  if (!live) return [];
  const managers = readManagers(managedFieldsOf(live));
  if (managers.length > 0) return managers;
  return [
    {
      name: BEFORE_FIRST_APPLY,
      operation: 'Update',
      apiVersion: live.apiVersion!,
      fields: fieldsOf(live),
    },
  ];
}

function fieldsOfAll(managers: Manager[]): FieldSet {
  return new FieldSet(managers.flatMap(({ fields }) => [...fields]));
}

/** Others own no longer what was changed or removed. */
function withoutChanged(
  managers: Manager[],
  { added, modified, removed }: FieldChanges,
  now: string,
): Manager[] {
  const lost = added.union(modified).union(removed);
  return managers.map(manager => {
    const fields = manager.fields.without(lost);
    return fields.equals(manager.fields)
      ? manager
      : { ...manager, fields, time: now };
  });
}

/**
 * Server-side apply: what becomes of an object when a manager applies the fields that it cares for. Fields that it
 * applied before and leaves out now are removed unless others own them too.
 *
 * Source: structured-merge-diff `merge/update.go`; apimachinery `util/managedfields/internal/skipnonapplied.go`: writes
 * are tracked from the first apply on.
 *
 * @throws StatusError 409 when it changes fields of other managers, unless `force` is set
 */
export function applyFields(
  live: KubernetesObject | undefined,
  applied: KubernetesObject,
  writer: Writer & { force: boolean },
  clock: Clock,
): { object: KubernetesObject; managedFields: object[] | undefined } {
  const wanted = withoutNulls(applied) as KubernetesObject;
  const own = {
    name: writer.fieldManager,
    operation: 'Apply' as const,
    apiVersion: writer.apiVersion,
    subresource: writer.subresource,
  };
  const now = timestamp(clock);
  const managers = ownersOf(live);
  const before = managers.find(manager => isSameManager(manager, own));
  const others = managers.filter(manager => manager !== before);
  const fields = fieldsOf(wanted);

  const merged = mergeFields(live ?? {}, wanted) as KubernetesObject;
  const dropped = (before?.fields ?? new FieldSet())
    .without(fields)
    .without(fieldsOfAll(others));
  const object = withoutFields(
    merged,
    dropped,
    fields.union(fieldsOfAll(others)),
  ) as KubernetesObject;

  const changes = compareFields(live ?? {}, object);
  const touched = changes.added.union(changes.modified);
  const conflicts = others
    .map(manager => ({ manager, fields: manager.fields.intersection(touched) }))
    .filter(conflict => conflict.fields.size > 0);
  if (conflicts.length > 0 && !writer.force) throw managerConflict(conflicts);

  const changed =
    !before ||
    !before.fields.equals(fields) ||
    touched.size + changes.removed.size > 0;
  return {
    object,
    managedFields: writeManagers([
      ...withoutChanged(others, changes, now),
      { ...own, fields, time: changed ? now : before.time },
    ]),
  };
}

/**
 * `metadata.managedFields` after a write that is no apply: the writer owns what it changed. Undefined for objects that
 * nobody has applied.
 */
export function managersAfterUpdate(
  old: KubernetesObject,
  object: KubernetesObject,
  writer: Writer,
  clock: Clock,
): object[] | undefined {
  const managers = readManagers(managedFieldsOf(old));
  if (managers.length === 0) return undefined;
  const changes = compareFields(old, object);
  const touched = changes.added.union(changes.modified);
  const own = {
    name: writer.fieldManager,
    operation: 'Update' as const,
    apiVersion: writer.apiVersion,
    subresource: writer.subresource,
  };
  const now = timestamp(clock);
  const before = managers.find(manager => isSameManager(manager, own));
  const others = managers.filter(manager => manager !== before);
  const fields = (before?.fields ?? new FieldSet())
    .union(touched)
    .without(changes.removed);
  return writeManagers([
    ...withoutChanged(others, changes, now),
    {
      ...own,
      fields,
      time: touched.size + changes.removed.size > 0 ? now : before?.time,
    },
  ]);
}
