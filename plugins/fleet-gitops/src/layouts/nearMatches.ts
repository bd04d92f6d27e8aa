/** Edit distance of two words. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_unused, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[other.length];
}

/**
 * "Did you mean …?", or what there is, for a name that is not known.
 */
export function suggest(name: string, known: string[]): string {
  if (known.length === 0) return 'There are none.';
  const near = known
    .map(candidate => ({
      candidate,
      score: candidate.includes(name)
        ? 1
        : distance(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ score }) => score <= Math.max(2, Math.floor(name.length / 3)))
    .sort(
      (one, other) =>
        one.score - other.score || (one.candidate < other.candidate ? -1 : 1),
    )
    .slice(0, 3)
    .map(({ candidate }) => `\`${candidate}\``);
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  const shown = known.slice(0, 10).map(candidate => `\`${candidate}\``);
  const more = known.length - shown.length;
  return `Known: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
