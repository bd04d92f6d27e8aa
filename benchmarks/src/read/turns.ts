/** Shorter turns are those in which nothing happens. */
const IDLE_MS = 0.2;

/**
 * Measures how long each turn of the event loop works, in processor time of the main thread: other than the loop's delay,
 * it is the same on a machine that has other things to do.
 *
 * @returns what ends it and gives the milliseconds of the turns in which something happened
 */
export function measureTurns(): () => number[] {
  const turns: number[] = [];
  let running = true;
  let last = process.threadCpuUsage();
  const turn = () => {
    const now = process.threadCpuUsage();
    const took = (now.user + now.system - last.user - last.system) / 1000;
    last = now;
    if (took > IDLE_MS) turns.push(took);
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    running = false;
    return turns;
  };
}
