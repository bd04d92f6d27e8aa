import { leaves, valueAt, Values, ValuesPath } from './values';

/** A value of a chart that may switch something on and off. */
export interface ValueSwitch {
  path: ValuesPath;
  /** The value that switches it on, as its name says. */
  on: boolean;
  /** What the values say; absent where only a template asks for it. */
  value?: boolean;
}

const ON = /^(enabled?|deploy(ed)?|install(ed)?|create|active)$/i;
const OFF = /^(disabled?|skip)$/i;

/** Whether the name of a value says that it is a switch. */
export function isNamedSwitch(path: ValuesPath): boolean {
  const key = path[path.length - 1];
  return ON.test(key) || OFF.test(key);
}

/**
 * Values of a chart that may be switches: all booleans, and what templates ask for by the name of a switch and nothing
 * sets.
 *
 * @param files - the chart's, by path in it
 */
export function valueSwitches(
  values: Values,
  files: ReadonlyMap<string, string>,
): ValueSwitch[] {
  const found = new Map<string, ValueSwitch>();
  const add = (path: ValuesPath, value?: boolean) =>
    found.set(path.join('.'), {
      path,
      on: !OFF.test(path[path.length - 1]),
      ...(value === undefined ? {} : { value }),
    });
  for (const { path, value } of leaves(values))
    if (typeof value === 'boolean') add(path, value);
  for (const [file, text] of files) {
    if (!file.startsWith('templates/')) continue;
    for (const [, reference] of text.matchAll(
      /\.Values((?:\.[A-Za-z_][A-Za-z0-9_]*)+)/g,
    )) {
      const path = reference.slice(1).split('.');
      if (isNamedSwitch(path) && valueAt(values, path) === undefined) add(path);
    }
  }
  return [...found.values()];
}
