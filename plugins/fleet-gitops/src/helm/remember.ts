/**
 * A function of texts that keeps its answers: charts are rendered many times with one value exchanged, and most of what is
 * read for it is the same. When there are too many, it begins anew.
 *
 * @param size - number of answers
 */
export function remember<T>(
  size: number,
  compute: (text: string) => T,
): (text: string) => T {
  const known = new Map<string, { answer: T }>();
  return text => {
    const found = known.get(text);
    if (found) return found.answer;
    const answer = compute(text);
    if (known.size >= size) known.clear();
    known.set(text, { answer });
    return answer;
  };
}
