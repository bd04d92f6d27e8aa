import { FunctionError } from '../errors';
import { GoMethod, GoObject, Value, int, int64 } from '../values/types';
import { NamedInteger, SECOND, duration } from './duration';
import { formatTime } from './format';
import { MONTH_NAMES, WEEKDAY_NAMES } from './names';
import { CYCLE_SECONDS, UTC, Zone } from './zone';

/** Seconds from 1970 to the zero time.Time, 1 January of the year 1. */
const ZERO_SECONDS = -62135596800;

const DAY_MILLISECONDS = 86_400_000;

/** Date and time of day at a place. */
export interface Civil {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday. */
  weekday: number;
  /** 1 is 1 January. */
  yearDay: number;
}

/** Milliseconds since 1970 of a date, also of the years 0 to 99; months and days may overflow. */
export function dateMilliseconds(
  year: number,
  month: number,
  day: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** A time.Time as `toDate` and `now` return it. */
export class GoTime extends GoObject {
  readonly type = 'time.Time';
  readonly kind = 'struct';

  constructor(
    /** Since 1970. */
    readonly seconds: number,
    readonly nanoseconds: number,
    readonly zone: Zone = UTC,
  ) {
    super();
  }

  static zero(): GoTime {
    return new GoTime(ZERO_SECONDS, 0);
  }

  static fromDate(date: Date): GoTime {
    const milliseconds = date.getTime();
    const seconds = Math.floor(milliseconds / 1000);
    return new GoTime(seconds, (milliseconds - seconds * 1000) * 1_000_000);
  }

  in(zone: Zone): GoTime {
    return new GoTime(this.seconds, this.nanoseconds, zone);
  }

  civil(): Civil {
    const local = this.seconds + this.zone.at(this.seconds).offset;
    // JavaScript's dates end in the year 275760; the calendar repeats itself every 400 years.
    const cycle = Math.floor(local / CYCLE_SECONDS);
    const date = new Date((local - cycle * CYCLE_SECONDS) * 1000);
    const year = date.getUTCFullYear();
    return {
      year: year + cycle * 400,
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      weekday: date.getUTCDay(),
      yearDay:
        Math.floor(
          (date.getTime() - dateMilliseconds(year, 1, 1)) / DAY_MILLISECONDS,
        ) + 1,
    };
  }

  /** Nanoseconds since 1970. */
  total(): bigint {
    return BigInt(this.seconds) * SECOND + BigInt(this.nanoseconds);
  }

  add(nanoseconds: bigint): GoTime {
    const total = this.total() + nanoseconds;
    const rest = ((total % SECOND) + SECOND) % SECOND;
    return new GoTime(Number((total - rest) / SECOND), Number(rest), this.zone);
  }

  private addDate(years: number, months: number, days: number): GoTime {
    const { year, month, day, hour, minute, second } = this.civil();
    const date =
      dateMilliseconds(year + years, month + months, day + days) / 1000;
    const local = date + hour * 3600 + minute * 60 + second;
    return atLocalTime(local, this.nanoseconds, this.zone);
  }

  private isZero(): boolean {
    return this.seconds === ZERO_SECONDS && this.nanoseconds === 0;
  }

  toGoString(): string {
    return formatTime(this, '2006-01-02 15:04:05.999999999 -0700 MST');
  }

  toGoSyntax(): string {
    const { year, month, day, hour, minute, second } = this.civil();
    const place =
      this.zone === UTC
        ? 'time.UTC'
        : `time.Location(${JSON.stringify(this.zone.name)})`;
    return `time.Date(${year}, time.${
      MONTH_NAMES[month - 1]
    }, ${day}, ${hour}, ${minute}, ${second}, ${this.nanoseconds}, ${place})`;
  }

  toGoJson(): Value {
    return formatTime(this, '2006-01-02T15:04:05.999999999Z07:00');
  }

  equals(other: GoObject): boolean {
    return (
      other instanceof GoTime &&
      other.total() === this.total() &&
      other.zone === this.zone
    );
  }

  method(name: string): GoMethod | undefined {
    const get = (call: () => Value): GoMethod => ({ parameters: [], call });
    const number = (select: (civil: Civil) => number) =>
      get(() => int(select(this.civil())));
    const compare = (call: (difference: bigint) => Value): GoMethod => ({
      parameters: ['time.Time'],
      call: (other: GoTime) => call(this.total() - other.total()),
    });
    switch (name) {
      case 'Year':
        return number(civil => civil.year);
      case 'Day':
        return number(civil => civil.day);
      case 'Hour':
        return number(civil => civil.hour);
      case 'Minute':
        return number(civil => civil.minute);
      case 'Second':
        return number(civil => civil.second);
      case 'YearDay':
        return number(civil => civil.yearDay);
      case 'Nanosecond':
        return get(() => int(this.nanoseconds));
      case 'Month':
        return get(() =>
          named('time.Month', MONTH_NAMES, this.civil().month, 1),
        );
      case 'Weekday':
        return get(() =>
          named('time.Weekday', WEEKDAY_NAMES, this.civil().weekday, 0),
        );
      case 'Unix':
        return get(() => int64(this.seconds));
      case 'UnixMilli':
        return get(() => int64(this.total() / 1_000_000n));
      case 'UnixMicro':
        return get(() => int64(this.total() / 1000n));
      case 'UnixNano':
        return get(() => int64(this.total()));
      case 'IsZero':
        return get(() => this.isZero());
      case 'UTC':
      case 'Local':
        return get(() => this.in(UTC));
      case 'String':
        return get(() => this.toGoString());
      case 'Format':
        return {
          parameters: ['string'],
          call: (layout: string) => formatTime(this, layout),
        };
      case 'Add':
        return {
          parameters: ['time.Duration'],
          call: (amount: NamedInteger) => this.add(amount.value),
        };
      case 'AddDate':
        return {
          parameters: ['int', 'int', 'int'],
          call: (years: number, months: number, days: number) =>
            this.addDate(years, months, days),
        };
      case 'Sub':
        return compare(difference => duration(clampToInt64(difference)));
      case 'Before':
        return compare(difference => difference < 0n);
      case 'After':
        return compare(difference => difference > 0n);
      case 'Equal':
        return compare(difference => difference === 0n);
      case 'Compare':
        return compare(difference =>
          int(difference === 0n ? 0 : Number(difference > 0n) * 2 - 1),
        );
      case 'Date':
      case 'Clock':
      case 'ISOWeek':
      case 'Zone':
        throw new FunctionError(
          `can't call method/function "${name}" with several results`,
        );
      default:
        return undefined;
    }
  }
}

function clampToInt64(value: bigint): bigint {
  const limit = 1n << 63n;
  if (value >= limit) {
    return limit - 1n;
  }
  return value < -limit ? -limit : value;
}

function named(
  type: string,
  names: readonly string[],
  value: number,
  first: number,
): NamedInteger {
  return new NamedInteger(type, 'int', BigInt(value), names[value - first]);
}

/** The moment at which a clock at a place shows a local time (seconds since 1970 as if it were UTC). */
export function atLocalTime(
  local: number,
  nanoseconds: number,
  zone: Zone,
): GoTime {
  const guess = local - zone.at(local).offset;
  const seconds = local - zone.at(guess).offset;
  return new GoTime(seconds, nanoseconds, zone);
}
