import { duration, timestamp } from '../operators';
import { Duration, Timestamp } from '../types';

const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/gy;

/**
 * An amount of time as Go writes it: `1h30m`, `-1.5s`. Source: Go `time.ParseDuration`.
 *
 * @returns `undefined` where the text is none, or is more than 64 bits hold
 */
export function parseDuration(text: string): Duration | undefined {
  const isNegative = text.startsWith('-');
  const rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return new Duration(0n);
  let total = 0n;
  let end = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(rest); part; part = PART.exec(rest)) {
    const [, whole, fraction = '', unit] = part;
    if (whole === '' && fraction === '') return undefined;
    // Digits beyond those that matter are cut off.
    total +=
      BigInt(whole || 0) * UNITS[unit] +
      (BigInt(fraction || 0) * UNITS[unit]) / 10n ** BigInt(fraction.length);
    end = PART.lastIndex;
  }
  if (end === 0 || end !== rest.length) return undefined;
  try {
    return duration(isNegative ? -total : total);
  } catch {
    return undefined;
  }
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME =
  /^(\d{4}-\d\d-\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Milliseconds since 1970 of a day, `undefined` where there is no such day. */
function dayOf(text: string): number | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.getTime() : undefined;
}

/**
 * The start of a day: `2024-05-01`.
 *
 * @returns `undefined` where the text is none
 */
export function parseDate(text: string): Timestamp | undefined {
  const day = dayOf(text);
  return day === undefined ? undefined : timestamp(BigInt(day) * 1_000_000n);
}

/**
 * A point in time as RFC 3339 writes it. Source: Go `time.Parse`.
 *
 * @returns `undefined` where the text is none
 * @throws `EvaluationFailure` where it is outside of the years 1 to 9999
 */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = TIME.exec(text);
  const day = match ? dayOf(match[1]) : undefined;
  if (!match || day === undefined) return undefined;
  const [hour, minute, second] = match.slice(2, 5).map(Number);
  const [, , , , , fraction = '', sign, zoneHour = '0', zoneMinute = '0'] =
    match;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  if (Number(zoneHour) > 24 || Number(zoneMinute) > 59) return undefined;
  const offset =
    (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  const seconds =
    BigInt(day / 1000) + BigInt(hour * 3600 + (minute - offset) * 60 + second);
  const nanos = BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return timestamp(seconds * 1_000_000_000n + nanos, offset);
}

/** A point in time as Go writes it with `time.RFC3339Nano`, in the zone that it was written in. */
export function formatTimestamp({ nanos, offset }: Timestamp): string {
  const local = nanos + BigInt(offset) * 60_000_000_000n;
  const fraction = ((local % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const date = new Date(Number((local - fraction) / 1_000_000n));
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '');
  const hours = String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  const zone =
    offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
  return `${date.toISOString().slice(0, 19)}${digits && `.${digits}`}${zone}`;
}
