import type {
  ApplicationSource,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { parse } from 'yaml';
import { readYaml } from './yamlFiles';

type Values = Record<string, any>;

/**
 * The values that Argo CD gives to a chart of the repository.
 *
 * Later ones win: the chart's own values.yaml, `valueFiles` in order, `values`, `valuesObject`, `parameters`.
 *
 * Source: Argo CD `docs/user-guide/helm.md`, "Helm value precedence".
 *
 * @param resolveRef - the snapshot that `$name/` in a value file stands for
 * @returns `undefined` where a value file is missing that must not be
 */
export function helmValues(
  snapshot: RepositorySnapshot,
  source: ApplicationSource,
  resolveRef: (name: string) => RepositorySnapshot | undefined,
): Values | undefined {
  const directory = source.path ?? '';
  const helm = source.helm ?? {};
  let values = asValues(
    readYaml(snapshot, joinPath(directory, 'values.yaml'))[0],
  );
  for (const file of helm.valueFiles ?? []) {
    const { files, path } = locate(snapshot, directory, file, resolveRef);
    if (!files?.files.has(path)) {
      if (helm.ignoreMissingValueFiles) continue;
      return undefined;
    }
    values = merge(values, asValues(readYaml(files, path)[0]));
  }
  if (helm.values) values = merge(values, parseValues(helm.values));
  if (helm.valuesObject) values = merge(values, helm.valuesObject);
  for (const { name, value } of helm.parameters ?? []) {
    values = merge(values, nested(name, value));
  }
  return values;
}

function locate(
  snapshot: RepositorySnapshot,
  directory: string,
  file: string,
  resolveRef: (name: string) => RepositorySnapshot | undefined,
): { files: RepositorySnapshot | undefined; path: string } {
  const reference = /^\$([^/]+)\/(.*)$/.exec(file);
  if (reference) {
    return {
      files: resolveRef(reference[1]),
      path: joinPath('', reference[2]),
    };
  }
  return {
    files: snapshot,
    path: file.startsWith('/') ? joinPath('', file) : joinPath(directory, file),
  };
}

/** Joins two paths of a repository and takes out `.` and `..`. */
export function joinPath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${directory}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Maps are merged, anything else is replaced, and `null` removes, as Helm does. */
function merge(base: Values, over: Values): Values {
  const merged: Values = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else if (isMap(value) && isMap(merged[key])) {
      merged[key] = merge(merged[key], value);
    } else merged[key] = value;
  }
  return merged;
}

function nested(name: string, value: unknown): Values {
  // A dot may be escaped: `podAnnotations.example\.com/team`.
  const keys = name
    .split(/(?<!\\)\./)
    .map(key => key.replace(/\\\./g, '.'))
    .reverse();
  return keys.reduce<any>((inner, key) => ({ [key]: inner }), value);
}

function parseValues(text: string): Values {
  try {
    return asValues(parse(text));
  } catch {
    return {};
  }
}

function asValues(value: unknown): Values {
  return isMap(value) ? value : {};
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
