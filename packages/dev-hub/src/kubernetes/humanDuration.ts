const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

function pair(
  value: number,
  big: number,
  bigUnit: string,
  small: number,
  smallUnit: string,
): string {
  const whole = Math.floor(value / big);
  const rest = Math.floor((value % big) / small);
  return rest === 0
    ? `${whole}${bigUnit}`
    : `${whole}${bigUnit}${rest}${smallUnit}`;
}

/**
 * An age as kubectl prints it: `45s`, `3m20s`, `25h`, `6d4h`.
 *
 * Source: Kubernetes `apimachinery/pkg/util/duration` HumanDuration.
 *
 * @param milliseconds - negative up to 2 s is taken as now, for clocks that differ a little
 */
export function humanDuration(milliseconds: number): string {
  if (milliseconds < -SECOND) return '<invalid>';
  const value = Math.max(0, milliseconds);
  if (value < 2 * MINUTE) return `${Math.floor(value / SECOND)}s`;
  if (value < 10 * MINUTE) return pair(value, MINUTE, 'm', SECOND, 's');
  if (value < 3 * HOUR) return `${Math.floor(value / MINUTE)}m`;
  if (value < 8 * HOUR) return pair(value, HOUR, 'h', MINUTE, 'm');
  if (value < 2 * DAY) return `${Math.floor(value / HOUR)}h`;
  if (value < 8 * DAY) return pair(value, DAY, 'd', HOUR, 'h');
  if (value < 2 * YEAR) return `${Math.floor(value / DAY)}d`;
  if (value < 8 * YEAR) return pair(value, YEAR, 'y', DAY, 'd');
  return `${Math.floor(value / YEAR)}y`;
}
