/** Helm values. */
export type Values = Record<string, unknown>;

/** Keys from the root of the values. */
export type ValuesPath = readonly string[];

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(values: unknown, path: ValuesPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      isValues(value) && Object.hasOwn(value, key) ? value[key] : undefined,
    values,
  );
}

/** Values that say only this. */
export function valuesWith(path: ValuesPath, value: unknown): Values {
  return path.reduceRight<unknown>(
    (inner, key) => ({ [key]: inner }),
    value,
  ) as Values;
}

/** Maps merge, everything else is replaced; null removes. Source: Helm `pkg/chartutil/coalesce.go`. */
export function mergeValues(base: Values, over: Values): Values {
  const result: Values = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    if (value === null) delete result[key];
    else
      result[key] =
        isValues(value) && isValues(below) ? mergeValues(below, value) : value;
  }
  return result;
}

/** Paths of the values that are neither maps nor lists. */
export function leaves(
  values: Values,
  prefix: ValuesPath = [],
): Array<{ path: ValuesPath; value: unknown }> {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = [...prefix, key];
    if (isValues(value)) return leaves(value, path);
    return Array.isArray(value) ? [] : [{ path, value }];
  });
}
