const MUTATING =
  /\b(set|unset|merge|mustMerge|mergeOverwrite|mustMergeOverwrite)\b/;

/** Whether a template may write into its data; true also when it only mentions such a function. */
export function mutatesParams(template: string): boolean {
  return MUTATING.test(template);
}

/** A deep copy of JSON-like data; values of other types stay the same. */
export function cloneParams(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(cloneParams);
  }
  if (typeof value === 'object' && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, cloneParams(entry)]),
      );
    }
  }
  return value;
}
