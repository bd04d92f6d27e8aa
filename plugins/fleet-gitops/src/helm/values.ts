import { deepCopy } from '../gotemplate/functions/deepCopy';
import { GoDict, Value, isDict, setEntry } from '../gotemplate/values/types';
import { Chart } from './chart';
import { HelmError } from './errors';

const GLOBAL = 'global';

function has(dict: GoDict, key: string): boolean {
  return Object.hasOwn(dict, key);
}

/** A copy of values that shares nothing with the original. */
export function copyValues(values: GoDict): GoDict {
  return deepCopy(values) as GoDict;
}

/** Merges values files: maps level by level, everything else is replaced (pkg/cli/values). */
export function mergeValueFiles(lower: GoDict, higher: GoDict): GoDict {
  const merged: GoDict = { ...lower };
  for (const key of Object.keys(higher)) {
    const value = higher[key];
    const existing = has(merged, key) ? merged[key] : undefined;
    setEntry(
      merged,
      key,
      isDict(value) && isDict(existing)
        ? mergeValueFiles(existing, value)
        : value,
    );
  }
  return merged;
}

/**
 * Adds to `target` what only `source` has. With `merge` false, null in `target` deletes what `source` has, and stays
 * where `source` has nothing (pkg/chartutil/coalesce.go, coalesceTablesFullKey).
 */
export function coalesceTables(
  target: GoDict,
  source: GoDict,
  merge: boolean,
): GoDict {
  const isNullifiable = new Set(
    Object.keys(source).filter(key => source[key] !== null),
  );
  const keys = new Set(Object.keys(source));
  for (const key of Object.keys(target)) {
    if (target[key] === null) {
      keys.add(key);
    }
  }
  for (const key of keys) {
    const exists = has(target, key);
    const existing = target[key];
    // A null in the target also hides a table of the source.
    const value = exists && existing === null ? null : source[key];
    if (exists && !merge && existing === null && isNullifiable.has(key)) {
      delete target[key];
    } else if (!exists) {
      setEntry(target, key, value ?? null);
    } else if (isDict(value) && isDict(existing)) {
      coalesceTables(existing, value, merge);
    }
  }
  return target;
}

/** Passes `global` from a chart to a subchart; the values of the parent win. */
function coalesceGlobals(target: GoDict, source: GoDict): void {
  const targetGlobal = has(target, GLOBAL) ? target[GLOBAL] : {};
  const sourceGlobal = has(source, GLOBAL) ? source[GLOBAL] : {};
  if (!isDict(targetGlobal) || !isDict(sourceGlobal)) {
    return;
  }
  for (const key of Object.keys(sourceGlobal)) {
    const value = sourceGlobal[key];
    const exists = has(targetGlobal, key);
    const existing = exists ? targetGlobal[key] : undefined;
    if (isDict(value)) {
      const copy = { ...value };
      if (!exists) {
        setEntry(targetGlobal, key, copy);
      } else if (isDict(existing)) {
        coalesceTables(copy, existing, true);
        setEntry(targetGlobal, key, copy);
      }
    } else if (!isDict(existing)) {
      setEntry(targetGlobal, key, value);
    }
  }
  target[GLOBAL] = targetGlobal;
}

function coalesceChartValues(
  chart: Chart,
  target: GoDict,
  merge: boolean,
): void {
  const defaults = copyValues(chart.values);
  for (const key of Object.keys(defaults)) {
    const value = defaults[key];
    if (!has(target, key)) {
      setEntry(target, key, value);
      continue;
    }
    const existing = target[key];
    if (existing === null && !merge) {
      delete target[key];
    } else if (isDict(existing) && isDict(value)) {
      const isSubchart = chart.subcharts.some(
        subchart => subchart.metadata.name === key,
      );
      coalesceTables(existing, value, isSubchart || merge);
    }
  }
}

function coalesce(chart: Chart, target: GoDict, merge: boolean): GoDict {
  coalesceChartValues(chart, target, merge);
  for (const subchart of chart.subcharts) {
    const { name } = subchart.metadata;
    const values: Value = has(target, name) ? target[name] : {};
    if (!isDict(values)) {
      throw new HelmError(
        `the values of the subchart ${name} must be a map (chart ${chart.metadata.name})`,
      );
    }
    coalesceGlobals(values, target);
    setEntry(target, name, coalesce(subchart, values, merge));
  }
  return target;
}

/**
 * The values of a chart and its subcharts under the given ones (chartutil's CoalesceValues and MergeValues).
 *
 * @param merge - keeps nulls, for a later step that needs to know them
 */
export function coalesceValues(
  chart: Chart,
  values: GoDict,
  merge = false,
): GoDict {
  return coalesce(chart, copyValues(values), merge);
}

/** The map at a dotted path. */
export function valuesTable(values: GoDict, path: string): GoDict | undefined {
  let table: Value = values;
  for (const key of path.split('.')) {
    if (!isDict(table) || !has(table, key)) {
      return undefined;
    }
    table = table[key];
  }
  return isDict(table) ? table : undefined;
}

/** The value at a dotted path that is no map. */
export function valueAtPath(values: GoDict, path: string): Value {
  const keys = path.split('.');
  const key = keys.pop()!;
  const table =
    keys.length === 0 ? values : valuesTable(values, keys.join('.'));
  return table && has(table, key) && !isDict(table[key])
    ? table[key]
    : undefined;
}
