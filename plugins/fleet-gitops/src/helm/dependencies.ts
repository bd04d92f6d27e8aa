import { FunctionError } from '../gotemplate/errors';
import { valueText } from '../gotemplate/fmt/printf';
import { GoDict, isDict } from '../gotemplate/values/types';
import {
  checkSemverConstraint,
  parseSemverConstraint,
} from '../gotemplate/semver/constraint';
import { SemverVersion } from '../gotemplate/semver/version';
import { Chart } from './chart';
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

/** A subchart as its dependency entry names it. */
function withAlias(subchart: Chart, alias: string): Chart {
  return {
    ...subchart,
    dependencies: subchart.dependencies.map(dependency => ({ ...dependency })),
    metadata: { ...subchart.metadata, name: alias || subchart.metadata.name },
  };
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
function selectSubcharts(chart: Chart, values: GoDict, path: string): Chart {
  if (chart.dependencies.length === 0) {
    return chart;
  }
  const dependencies = chart.dependencies.map(dependency => ({
    ...dependency,
    enabled: true,
  }));
  const unbound = chart.subcharts.filter(
    subchart => !dependencies.some(dependency => matches(subchart, dependency)),
  );
  const bound = dependencies.flatMap(dependency => {
    const subchart = chart.subcharts.find(candidate =>
      matches(candidate, dependency),
    );
    return subchart ? [withAlias(subchart, dependency.alias)] : [];
  });
  for (const dependency of dependencies) {
    dependency.name = dependency.alias || dependency.name;
  }
  const all: Chart = {
    ...chart,
    dependencies,
    subcharts: [...unbound, ...bound],
  };
  const coalesced = coalesceValues(all, values);
  applyTags(dependencies, coalesced);
  applyConditions(dependencies, coalesced, path);
  const removed = new Set(
    dependencies.filter(({ enabled }) => !enabled).map(({ name }) => name),
  );
  return {
    ...all,
    dependencies: dependencies.filter(({ name }) => !removed.has(name)),
    subcharts: all.subcharts
      .filter(({ metadata }) => !removed.has(metadata.name))
      .map(subchart =>
        selectSubcharts(
          subchart,
          coalesced,
          `${path}${subchart.metadata.name}.`,
        ),
      ),
  };
}

/** The map `{a: {b: data}}` for the path `a.b`. */
function nest(path: string, data: GoDict): GoDict {
  return path === '.'
    ? data
    : path
        .split('.')
        .reduceRight<GoDict>((inner, key) => ({ [key]: inner }), data);
}

/** Copies values that `import-values` names from subcharts into the chart's own defaults. */
function importValues(chart: Chart): Chart {
  const subcharts = chart.subcharts.map(importValues);
  const withImports: Chart = { ...chart, subcharts };
  if (chart.dependencies.length === 0) {
    return withImports;
  }
  const values = coalesceValues(withImports, {}, true);
  let imported: GoDict = {};
  for (const dependency of chart.dependencies) {
    for (const entry of dependency.importValues) {
      let child: string;
      let parent = '.';
      if (isDict(entry)) {
        child = valueText(entry.child);
        parent = valueText(entry.parent);
      } else if (typeof entry === 'string') {
        child = `exports.${entry}`;
      } else {
        continue;
      }
      const table = valuesTable(values, `${dependency.name}.${child}`);
      if (table) {
        imported = coalesceTables(
          imported,
          nest(parent, copyValues(table)),
          true,
        );
      }
    }
  }
  return {
    ...withImports,
    values: coalesceTables(copyValues(values), imported, true),
  };
}

/**
 * Resolves the dependencies of a chart: which subcharts are on, under which names, and what they export
 * (chartutil's ProcessDependenciesWithMerge). Answers a new chart.
 */
export function resolveDependencies(chart: Chart, values: GoDict): Chart {
  return importValues(selectSubcharts(chart, values, ''));
}
