/** The first lines of a text, each cut where it is too long, with a note of what was left out. */
export function shorten(
  text: string,
  limit: { lines: number; columns: number },
): string[] {
  const lines = text.split('\n');
  const shown = lines
    .slice(0, limit.lines)
    .map(line =>
      line.length > limit.columns ? `${line.slice(0, limit.columns)}…` : line,
    );
  return lines.length > limit.lines
    ? [...shown, `… ${lines.length - limit.lines} more lines`]
    : shown;
}
