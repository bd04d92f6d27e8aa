import { NotSupported } from '../errors';
import type { Duration, Timestamp } from '../types';
import type { Library } from './types';

const MILLISECOND = 1_000_000n;
const DAY = 86_400_000;

/** The time as a clock shows it in a zone; days and hours are read of it in UTC. */
function clock({ nanos }: Timestamp, zone = 'UTC'): Date {
  const numeric = /^([+-]?\d+):(\d+)$/.exec(zone);
  if (!numeric && zone !== 'UTC' && zone !== '')
    throw new NotSupported(`the time zone ${zone}`);
  const [, hours = '0', minutes = '0'] = numeric ?? [];
  const offset =
    Number(hours) * 60 +
    (hours.startsWith('-') ? -Number(minutes) : Number(minutes));
  // Downwards, also before 1970.
  const remainder = ((nanos % MILLISECOND) + MILLISECOND) % MILLISECOND;
  return new Date(Number((nanos - remainder) / MILLISECOND) + offset * 60_000);
}

function dayOfYear(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  return Math.round((date.getTime() - start.getTime()) / DAY);
}

const PARTS: Record<string, (date: Date) => number> = {
  getFullYear: date => date.getUTCFullYear(),
  getMonth: date => date.getUTCMonth(),
  getDate: date => date.getUTCDate(),
  getDayOfMonth: date => date.getUTCDate() - 1,
  getDayOfWeek: date => date.getUTCDay(),
  getDayOfYear: dayOfYear,
  getHours: date => date.getUTCHours(),
  getMinutes: date => date.getUTCMinutes(),
  getSeconds: date => date.getUTCSeconds(),
  getMilliseconds: date => date.getUTCMilliseconds(),
};

const total =
  (unit: bigint) =>
  ({ nanos }: Duration) =>
    nanos / unit;

/** Source: cel-go `common/types/timestamp.go`, `duration.go`. */
export const TIMES: Library = {
  ...Object.fromEntries(
    Object.entries(PARTS).flatMap(([name, part]) => {
      const run = (time: Timestamp, zone?: string) =>
        BigInt(part(clock(time, zone)));
      return [
        [`<timestamp>.${name}()`, run],
        [`<timestamp>.${name}(string)`, run],
      ];
    }),
  ),
  '<duration>.getHours()': total(3_600_000_000_000n),
  '<duration>.getMinutes()': total(60_000_000_000n),
  '<duration>.getSeconds()': total(1_000_000_000n),
  '<duration>.getMilliseconds()': total(MILLISECOND),
};
