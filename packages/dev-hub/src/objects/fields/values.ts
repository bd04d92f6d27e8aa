import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../types';
import { FieldSet, type FieldPath } from './FieldSet';
import { listTypeAt } from './listTypes';

/** Fields that belong to the server. Source: apimachinery `util/managedfields/internal/stripmeta.go`. */
const STRIPPED = new FieldSet([
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map(name => ['f:metadata', `f:${name}`]),
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(path: FieldPath): string[] {
  return path.map(step => step.slice(2));
}

/** The parts of a value that have owners of their own, with their steps; undefined for what is owned as a whole. */
export function childrenOf(
  value: unknown,
  path: FieldPath,
): Array<[step: string, child: unknown]> | undefined {
  if (isRecord(value)) {
    return Object.entries(value).map(([name, child]) => [`f:${name}`, child]);
  }
  if (!Array.isArray(value)) return undefined;
  const type = listTypeAt(namesOf(path));
  if (type === 'atomic') return undefined;
  return value.map(item =>
    type === 'set'
      ? [`v:${JSON.stringify(item)}`, item]
      : [`k:${JSON.stringify({ [type.key]: item?.[type.key] })}`, item],
  );
}

interface Member {
  path: FieldPath;
  /** Undefined for a record or list whose parts have owners. */
  leaf?: { value: unknown };
}

function members(object: object): Map<string, Member> {
  const found = new Map<string, Member>();
  const enter = (value: unknown, path: FieldPath) => {
    if (STRIPPED.has(path)) return;
    const children = childrenOf(value, path);
    const leaf = children ? undefined : { value };
    found.set(JSON.stringify(path), { path, leaf });
    for (const [step, child] of children ?? []) enter(child, [...path, step]);
  };
  const { metadata, ...rest } = object as KubernetesObject;
  for (const [name, value] of Object.entries(rest)) enter(value, [`f:${name}`]);
  for (const [name, value] of Object.entries(metadata ?? {})) {
    enter(value, ['f:metadata', `f:${name}`]);
  }
  return found;
}

/** The fields that an applied object claims: values, empty records, and items of lists with keys. */
export function fieldsOf(object: object): FieldSet {
  const paths: FieldPath[] = [];
  const all = [...members(object).values()];
  const parents = new Set(
    all.map(({ path }) => JSON.stringify(path.slice(0, -1))),
  );
  for (const { path, leaf } of all) {
    const isItem = path[path.length - 1].startsWith('k:');
    if (leaf || isItem || !parents.has(JSON.stringify(path))) paths.push(path);
  }
  return new FieldSet(paths);
}

/** What differs between two states of an object, as fields. */
export interface FieldChanges {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

export function compareFields(before: object, after: object): FieldChanges {
  const old = members(before);
  const now = members(after);
  const only = (some: Map<string, Member>, others: Map<string, Member>) =>
    new FieldSet(
      [...some].filter(([key]) => !others.has(key)).map(([, m]) => m.path),
    );
  const modified = [...now].filter(
    ([key, { leaf }]) =>
      old.has(key) && !isDeepStrictEqual(old.get(key)!.leaf, leaf),
  );
  return {
    added: only(now, old),
    removed: only(old, now),
    modified: new FieldSet(modified.map(([, { path }]) => path)),
  };
}

/** Puts an applied object over another: records and lists with keys are merged, everything else is replaced. */
export function mergeFields(
  live: unknown,
  applied: unknown,
  path: FieldPath = [],
): unknown {
  const over = childrenOf(applied, path);
  const under = childrenOf(live, path);
  if (!over || !under || Array.isArray(live) !== Array.isArray(applied)) {
    return applied;
  }
  const merged = new Map(under);
  for (const [step, child] of over) {
    merged.set(
      step,
      merged.has(step)
        ? mergeFields(merged.get(step), child, [...path, step])
        : child,
    );
  }
  return assemble(merged, Array.isArray(applied));
}

function assemble(parts: Map<string, unknown>, list: boolean): unknown {
  return list
    ? [...parts.values()]
    : Object.fromEntries(
        [...parts].map(([step, child]) => [step.slice(2), child]),
      );
}

/**
 * Takes fields out of an object, and the records and lists that are empty without them.
 *
 * @param kept - fields that stay although they are empty
 */
export function withoutFields(
  value: unknown,
  fields: FieldSet,
  kept: FieldSet,
  path: FieldPath = [],
): unknown {
  const children = childrenOf(value, path);
  if (!children || children.length === 0) return value;
  const left = new Map<string, unknown>();
  for (const [step, child] of children) {
    const at = [...path, step];
    const inside = withoutFields(child, fields, kept, at);
    const emptied =
      inside !== child && childrenOf(inside, at)?.length === 0 && !kept.has(at);
    const leaf = !childrenOf(child, at)?.length;
    const item = step.startsWith('k:') && fields.has(at);
    if (!emptied && !((leaf || item) && fields.has(at))) left.set(step, inside);
  }
  const unchanged =
    left.size === children.length &&
    children.every(([step, child]) => left.get(step) === child);
  return unchanged ? value : assemble(left, Array.isArray(value));
}
