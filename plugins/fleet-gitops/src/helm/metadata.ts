import { valueText } from '../gotemplate/fmt/printf';
import { SemverVersion } from '../gotemplate/semver/version';
import {
  GoDict,
  GoMap,
  GoSlice,
  Value,
  isDict,
} from '../gotemplate/values/types';
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

function text(value: Value): string {
  return value === undefined || value === null ? '' : valueText(value);
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
export function readMetadata(raw: GoDict, path: string): ChartMetadata {
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

/** Reads the dependencies of Chart.yaml. */
export function readDependencies(raw: GoDict): Dependency[] {
  return list(raw.dependencies)
    .filter(isDict)
    .map(entry => ({
      name: text(entry.name),
      version: text(entry.version),
      condition: text(entry.condition),
      tags: list(entry.tags).map(text),
      alias: text(entry.alias),
      importValues: list(entry['import-values']),
      enabled: true,
      raw: entry,
    }));
}

function maintainer(raw: Value): GoStruct {
  const entry = isDict(raw) ? raw : {};
  return new GoStruct(
    '*chart.Maintainer',
    { Name: text(entry.name), Email: text(entry.email), URL: text(entry.url) },
    {
      json: withoutEmpty({
        name: text(entry.name),
        email: text(entry.email),
        url: text(entry.url),
      }),
    },
  );
}

function dependencyObject(dependency: Dependency): GoStruct {
  return new GoStruct(
    '*chart.Dependency',
    {
      Name: dependency.name,
      Version: dependency.version,
      Repository: text(dependency.raw.repository),
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
        repository: text(dependency.raw.repository),
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
