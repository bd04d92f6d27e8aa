/** Joins the class names that apply. */
export function classes(
  ...names: Array<string | false | undefined>
): string | undefined {
  return names.filter(Boolean).join(' ') || undefined;
}
