import { SemverVersion } from '../gotemplate/semver/version';
import {
  GoDict,
  GoMap,
  GoSlice,
  Value,
  isDict,
} from '../gotemplate/values/types';
import { readChartFields, sanitize, text } from './chartFields';
import { HelmError } from './errors';
import { GoStruct } from './goStruct';

/** Chart.yaml, as far as rendering needs it. */
export interface ChartMetadata {
  name: string;
  version: string;
  apiVersion: string;
  type: string;
  raw: GoDict;
}

/** One entry of `dependencies`. */
export interface Dependency {
  name: string;
  version: string;
  condition: string;
  tags: string[];
  alias: string;
  importValues: Value[];
  enabled: boolean;
  raw: GoDict;
}

function list(value: Value): Value[] {
  return Array.isArray(value) ? value : [];
}

function stringSlice(value: Value): GoSlice {
  return Array.isArray(value)
    ? new GoSlice('string', value.map(text))
    : new GoSlice('string', [], true);
}

/** Reads Chart.yaml. */
export function readMetadata(given: GoDict, path: string): ChartMetadata {
  const raw = readChartFields(given, path);
  const name = text(raw.name);
  if (name === '') {
    throw new HelmError(`${path}: name is required`, { path });
  }
  const type = text(raw.type);
  if (!['', 'application', 'library'].includes(type)) {
    throw new HelmError(`${path}: type must be application or library`, {
      path,
    });
  }
  const version = text(raw.version);
  if (version === '') {
    throw new HelmError(`${path}: version is required`, { path });
  }
  try {
    SemverVersion.parse(version);
  } catch {
    throw new HelmError(
      `${path}: the version ${JSON.stringify(
        version,
      )} is none; write it as 1.2.3`,
      { path },
    );
  }
  if (name === '.' || name === '..' || name.includes('/')) {
    throw new HelmError(
      `${path}: the name ${JSON.stringify(name)} is not allowed`,
      { path },
    );
  }
  return {
    name,
    version,
    apiVersion: text(raw.apiVersion) || 'v1',
    type,
    raw,
  };
}

/**
 * Reads the dependencies of Chart.yaml; `undefined` where it has none.
 *
 * Source: Helm `pkg/chart/metadata.go` and `dependency.go`, `Validate`.
 */
export function readDependencies(
  { raw }: ChartMetadata,
  path: string,
): Dependency[] | undefined {
  if (!raw.dependencies) return undefined;
  const names = new Set<string>();
  return (raw.dependencies as GoDict[]).map(entry => {
    const dependency: Dependency = {
      name: sanitize(entry.name),
      version: sanitize(entry.version),
      condition: sanitize(entry.condition),
      tags: list(entry.tags).map(tag => sanitize(tag)),
      alias: text(entry.alias),
      importValues: list(entry['import-values']),
      enabled: entry.enabled === true,
      raw: entry,
    };
    const { alias, name } = dependency;
    if (alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(alias)) {
      throw new HelmError(
        `${path}: the alias ${JSON.stringify(
          alias,
        )} may have letters, digits, "_" and "-" only`,
        { path },
      );
    }
    if (names.has(alias || name)) {
      throw new HelmError(
        `${path}: two dependencies are named ${JSON.stringify(
          alias || name,
        )}; give one an alias`,
        { path },
      );
    }
    names.add(alias || name);
    return dependency;
  });
}

function maintainer(raw: Value): GoStruct {
  const entry = isDict(raw) ? raw : {};
  const [name, email, url] = [entry.name, entry.email, entry.url].map(value =>
    sanitize(value),
  );
  return new GoStruct(
    '*chart.Maintainer',
    { Name: name, Email: email, URL: url },
    { json: withoutEmpty({ name, email, url }) },
  );
}

function dependencyObject(dependency: Dependency): GoStruct {
  return new GoStruct(
    '*chart.Dependency',
    {
      Name: dependency.name,
      Version: dependency.version,
      Repository: sanitize(dependency.raw.repository),
      Condition: dependency.condition,
      Tags: stringSlice(dependency.raw.tags),
      Enabled: dependency.enabled,
      ImportValues: dependency.importValues,
      Alias: dependency.alias,
    },
    {
      json: {
        name: dependency.name,
        ...withoutEmpty({ version: dependency.version }),
        repository: sanitize(dependency.raw.repository),
        ...withoutEmpty({
          condition: dependency.condition,
          tags: list(dependency.raw.tags).map(text),
          enabled: dependency.enabled,
          'import-values': dependency.importValues,
          alias: dependency.alias,
        }),
      },
    },
  );
}

/** Fields that encoding/json leaves out when they are empty. */
function withoutEmpty(fields: GoDict): GoDict {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== '' &&
        value !== null &&
        value !== undefined &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  ) as GoDict;
}

/** `.Chart` in templates: Chart.yaml with Go's field names. */
export function chartObject(
  metadata: ChartMetadata,
  dependencies: readonly Dependency[],
  isRoot: boolean,
): GoStruct {
  const { raw } = metadata;
  const annotations = isDict(raw.annotations)
    ? Object.fromEntries(
        Object.entries(raw.annotations).map(([key, value]) => [
          key,
          text(value),
        ]),
      )
    : undefined;
  return new GoStruct(
    'struct { chart.Metadata; IsRoot bool }',
    {
      Name: metadata.name,
      Home: text(raw.home),
      Sources: stringSlice(raw.sources),
      Version: metadata.version,
      Description: text(raw.description),
      Keywords: stringSlice(raw.keywords),
      Maintainers: new GoSlice(
        '*chart.Maintainer',
        list(raw.maintainers).map(maintainer),
        !Array.isArray(raw.maintainers),
      ),
      Icon: text(raw.icon),
      APIVersion: metadata.apiVersion,
      Condition: text(raw.condition),
      Tags: text(raw.tags),
      AppVersion: text(raw.appVersion),
      Deprecated: raw.deprecated === true,
      Annotations: new GoMap(
        'map[string]string',
        annotations ?? {},
        !annotations,
      ),
      KubeVersion: text(raw.kubeVersion),
      Dependencies: new GoSlice(
        '*chart.Dependency',
        dependencies.map(dependencyObject),
        dependencies.length === 0,
      ),
      Type: metadata.type,
      IsRoot: isRoot,
    },
    {
      json: {
        ...withoutEmpty({
          name: metadata.name,
          home: text(raw.home),
          sources: list(raw.sources).map(text),
          version: metadata.version,
          description: text(raw.description),
          keywords: list(raw.keywords).map(text),
          maintainers: list(raw.maintainers).map(maintainer),
          icon: text(raw.icon),
          apiVersion: metadata.apiVersion,
          condition: text(raw.condition),
          tags: text(raw.tags),
          appVersion: text(raw.appVersion),
          deprecated: raw.deprecated === true,
          annotations:
            annotations && Object.keys(annotations).length > 0
              ? annotations
              : undefined,
          kubeVersion: text(raw.kubeVersion),
          dependencies: dependencies.map(dependencyObject),
          type: metadata.type,
        }),
        IsRoot: isRoot,
      },
    },
  );
}
