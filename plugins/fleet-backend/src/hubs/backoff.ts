const FIRST_RETRY_MS = 1_000;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before trying a hub again.
 *
 * @remarks
 * The first retry comes within a second, so that a connection that a load balancer closed is back before anybody notices.
 * From then on the wait doubles from 2 s to 30 s; half of it is left to chance, so that replicas do not call in step.
 *
 * @param failures - failures in a row, 1 for the first
 * @param random - a number in [0, 1)
 * @returns milliseconds
 */
export function backoff(failures: number, random: number): number {
  if (failures <= 1) return random * FIRST_RETRY_MS;
  const ceiling = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (failures - 1));
  return Math.max(SHORTEST_MS, ceiling * (0.5 + random / 2));
}
