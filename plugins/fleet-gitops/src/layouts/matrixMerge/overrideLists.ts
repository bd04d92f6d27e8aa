import type { ApplicationSet } from '../../model/argocd';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { Declared } from '../../repository';
import {
  appendListItem,
  setMapEntry,
  setScalar,
  YamlPath,
  YamlValue,
} from '../../yaml';
import {
  GeneratorLeaf,
  generatorLeaves,
} from '../applicationSets/generatorLeaves';

/** Whether a generator is one of the later ones of a merge, which only changes what the first one yields. */
export function isOverride({ within, path }: GeneratorLeaf): boolean {
  return within[within.length - 1] === 'merge' && path[path.length - 2] !== 0;
}

/** The value of a merge key for a cluster: only names and servers are known of every cluster. */
function keyValue(key: string, cluster: ClusterRecord): string | undefined {
  if (key === 'name') return cluster.name;
  if (key === 'server') return cluster.server;
  if (key === 'nameNormalized')
    return cluster.name
      .toLowerCase()
      .replace(/[^-a-z0-9.]/g, '-')
      .slice(0, 253)
      .replace(/^[-.]+|[-.]+$/g, '');
  const label = /^metadata\.labels\.(.+)$/.exec(key)?.[1];
  return label && cluster.labels[label];
}

/** The list of overrides of a merge, with the element of a cluster where it has one. */
export interface OverrideList {
  leaf: GeneratorLeaf;
  /** What says whose element it is. */
  keys: Record<string, string>;
  /** Index of the cluster's element, -1 where there is none. */
  index: number;
}

export function overrideLists(
  { object }: Declared<ApplicationSet>,
  cluster: ClusterRecord,
): OverrideList[] {
  return generatorLeaves(object).flatMap(leaf => {
    if (leaf.kind !== 'list' || !isOverride(leaf)) return [];
    const keys: Record<string, string> = {};
    for (const key of leaf.mergeKeys ?? []) {
      const value = keyValue(key, cluster);
      if (value === undefined) return [];
      keys[key] = value;
    }
    const elements: unknown[] = leaf.spec.elements ?? [];
    const index = elements.findIndex(
      element =>
        element !== null &&
        typeof element === 'object' &&
        Object.entries(keys).every(
          ([key, value]) => (element as Record<string, unknown>)[key] === value,
        ),
    );
    return [{ leaf, keys, index }];
  });
}

/** The path of a parameter in an element, written as its siblings write it: nested, or with dots in one key. */
function pathIn(
  { spec }: GeneratorLeaf,
  parameter: readonly string[],
  goTemplate: boolean,
): string[] {
  const flat = parameter.join('.');
  const elements: Array<Record<string, unknown>> = spec.elements ?? [];
  if (elements.some(element => Object.hasOwn(element, flat))) return [flat];
  if (elements.some(element => element[parameter[0]] !== undefined))
    return [...parameter];
  return goTemplate ? [...parameter] : [flat];
}

/** Sets a parameter of one cluster in a list of overrides: in its element, or in a new one. */
export function setOverride(
  { leaf, keys, index }: OverrideList,
  { file, document, object }: Declared<ApplicationSet>,
  parameter: readonly string[],
  value: string,
  text: string,
): string {
  const path = pathIn(leaf, parameter, Boolean(object.spec.goTemplate));
  const options = { file, document };
  const list = [...leaf.path, 'elements'];
  if (index < 0) {
    const entry = path.reduceRight<YamlValue>(
      (inner, key) => ({ [key]: inner }),
      value,
    );
    return appendListItem(
      text,
      list,
      { ...keys, ...(entry as Record<string, YamlValue>) },
      options,
    );
  }
  const at: YamlPath = [...list, index, ...path];
  const written = at.reduce<any>((inner, key) => inner?.[key], object);
  return written === undefined
    ? setMapEntry(text, at.slice(0, -1), path[path.length - 1], value, options)
    : setScalar(text, at, value, options);
}
