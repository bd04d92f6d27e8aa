/** The value at a dotted path of a form, for example `blueprint.repository`; `undefined` where there is none. */
export function valueAt(form: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      form,
    );
}

/** The text at a path of a form; `undefined` where it is empty or no text. */
export function textAt(form: unknown, path: string): string | undefined {
  const value = valueAt(form, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
