import { FunctionError } from '../gotemplate/errors';
import { valueText } from '../gotemplate/fmt/printf';
import { GoDict, GoMap, isDict, Value } from '../gotemplate/values/types';
import {
  checkSemverConstraint,
  parseSemverConstraint,
} from '../gotemplate/semver/constraint';
import { SemverVersion } from '../gotemplate/semver/version';
import { Chart, setSubcharts } from './chart';
import { Dependency } from './metadata';
import {
  coalesceTables,
  coalesceValues,
  copyValues,
  valueAtPath,
  valuesTable,
} from './values';

function isCompatible(constraint: string, version: string): boolean {
  try {
    return checkSemverConstraint(
      parseSemverConstraint(constraint),
      SemverVersion.parse(version),
    );
  } catch (error) {
    if (error instanceof FunctionError) {
      return false;
    }
    throw error;
  }
}

function matches(subchart: Chart, dependency: Dependency): boolean {
  return (
    subchart.metadata.name === dependency.name &&
    isCompatible(dependency.version, subchart.metadata.version)
  );
}

/**
 * The subchart of an entry under the name that it gives. A copy, but a shallow one, as in Helm: where two entries name one
 * subchart, its own entries and subcharts are the same objects for both, and what is decided about the second counts.
 */
function subchartOf(
  dependency: Dependency,
  subcharts: readonly Chart[],
): Chart | undefined {
  const found = subcharts.find(candidate => matches(candidate, dependency));
  return (
    found && {
      ...found,
      metadata: {
        ...found.metadata,
        name: dependency.alias || found.metadata.name,
      },
    }
  );
}

function applyTags(dependencies: readonly Dependency[], values: GoDict): void {
  const tags = valuesTable(values, 'tags');
  if (!tags) {
    return;
  }
  for (const dependency of dependencies) {
    const states = dependency.tags
      .filter(tag => Object.hasOwn(tags, tag))
      .map(tag => tags[tag]);
    const isOff = states.includes(false) && !states.includes(true);
    dependency.enabled = !isOff;
  }
}

function applyConditions(
  dependencies: readonly Dependency[],
  values: GoDict,
  path: string,
): void {
  for (const dependency of dependencies) {
    // The first path that holds a boolean decides.
    const state = dependency.condition
      .trim()
      .split(',')
      .filter(condition => condition !== '')
      .map(condition => valueAtPath(values, path + condition))
      .find(value => typeof value === 'boolean');
    if (typeof state === 'boolean') {
      dependency.enabled = state;
    }
  }
}

/** Binds subcharts to the entries of Chart.yaml and removes those that conditions and tags switch off. */
function selectSubcharts(chart: Chart, values: GoDict, path: string): void {
  const { dependencies, subcharts } = chart;
  if (!dependencies) {
    return;
  }
  const selected = subcharts.filter(
    subchart => !dependencies.some(dependency => matches(subchart, dependency)),
  );
  for (const dependency of dependencies) {
    const subchart = subchartOf(dependency, subcharts);
    if (subchart) selected.push(subchart);
    dependency.name = dependency.alias || dependency.name;
  }
  setSubcharts(chart, selected);
  for (const dependency of dependencies) dependency.enabled = true;
  const coalesced = coalesceValues(chart, values);
  applyTags(dependencies, coalesced);
  applyConditions(dependencies, coalesced, path);
  const removed = new Set(
    dependencies.filter(({ enabled }) => !enabled).map(({ name }) => name),
  );
  const remaining = selected.filter(
    ({ metadata }) => !removed.has(metadata.name),
  );
  const kept = dependencies.filter(({ name }) => !removed.has(name));
  for (const subchart of remaining) {
    selectSubcharts(subchart, coalesced, `${path}${subchart.metadata.name}.`);
  }
  chart.dependencies = kept.length > 0 ? kept : undefined;
  setSubcharts(chart, remaining);
}

/** The map `{a: {b: data}}` for the path `a.b`. */
function nest(path: string, data: GoDict): GoDict {
  return path === '.'
    ? data
    : path
        .split('.')
        .reduceRight<GoDict>((inner, key) => ({ [key]: inner }), data);
}

/** What `import-values` names: the path of a table in the subchart, and where it goes in the chart. */
function importOf(entry: Value): { child: string; parent: string } | undefined {
  if (isDict(entry)) {
    return { child: valueText(entry.child), parent: valueText(entry.parent) };
  }
  return typeof entry === 'string'
    ? { child: `exports.${entry}`, parent: '.' }
    : undefined;
}

/** Copies values that `import-values` names from subcharts into the chart's own defaults. */
function importValues(chart: Chart): void {
  for (const subchart of chart.subcharts) importValues(subchart);
  if (!chart.dependencies) {
    return;
  }
  const values = coalesceValues(chart, {}, true);
  let imported: GoDict = {};
  for (const dependency of chart.dependencies) {
    const imports = dependency.importValues.flatMap(
      entry => importOf(entry) ?? [],
    );
    for (const { child, parent } of imports) {
      const table = valuesTable(values, `${dependency.name}.${child}`);
      if (table) {
        imported = coalesceTables(
          imported,
          nest(parent, copyValues(table)),
          true,
        );
      }
    }
    // Templates see them in this form; a second chart with the same entry finds nothing that it could import.
    dependency.importValues = imports.map(
      entry => new GoMap('map[string]string', entry),
    );
  }
  chart.values = coalesceTables(copyValues(values), imported, true);
}

/**
 * Resolves the dependencies of a loaded chart in place: which subcharts are on, under which names, and what they export.
 *
 * Source: Helm `pkg/chartutil/dependencies.go` `ProcessDependenciesWithMerge`.
 */
export function resolveDependencies(chart: Chart, values: GoDict): void {
  selectSubcharts(chart, values, '');
  importValues(chart);
}
