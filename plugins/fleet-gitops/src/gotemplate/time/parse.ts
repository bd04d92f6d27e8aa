import { FunctionError } from '../errors';
import { quoteString } from '../fmt/quote';
import { GoTime, atLocalTime, dateMilliseconds } from './goTime';
import { LayoutPart, parseLayout } from './layout';
import { MONTH_NAMES, WEEKDAY_NAMES } from './names';
import { Mismatch, Reader, TimeFields, checkRange } from './reader';
import { UTC, Zone, fixedZone } from './zone';
import { readOffset, readZoneName } from './zoneReader';

function nanosecondsOf(digits: string): number {
  return Number(digits.slice(0, 9).padEnd(9, '0'));
}

const SHORT_MONTHS = MONTH_NAMES.map(name => name.slice(0, 3));
const SHORT_WEEKDAYS = WEEKDAY_NAMES.map(name => name.slice(0, 3));

function readHalf(reader: Reader, upper: boolean): 'am' | 'pm' {
  const text = reader.take(2);
  const half = upper ? text.toLowerCase() : text;
  if (
    (half !== 'am' && half !== 'pm') ||
    (upper && text !== text.toUpperCase())
  ) {
    throw new Mismatch();
  }
  return half;
}

function readFraction(
  reader: Reader,
  source: string,
  fields: TimeFields,
): void {
  if (source[1] === '0') {
    const text = reader.take(source.length);
    if (!/^[.,]\d+$/.test(text)) {
      throw new Mismatch();
    }
    fields.nanoseconds = nanosecondsOf(text.slice(1));
    return;
  }
  const match = /^[.,](\d+)/.exec(reader.rest);
  if (match) {
    fields.nanoseconds = nanosecondsOf(match[1]);
    reader.take(match[0].length);
  }
}

function readSecond(
  reader: Reader,
  element: string,
  fields: TimeFields,
  next: LayoutPart | undefined,
): void {
  fields.second = reader.number(element === '05' ? 2 : 1);
  checkRange(fields.second < 60, 'second');
  // A fraction may follow although the layout has none.
  const fraction = /^[.,](\d+)/.exec(reader.rest);
  if (fraction && !(next?.element === 'fraction')) {
    fields.nanoseconds = nanosecondsOf(fraction[1]);
    reader.take(fraction[0].length);
  }
}

function readElement(
  reader: Reader,
  { element, source }: LayoutPart,
  fields: TimeFields,
  next: LayoutPart | undefined,
): void {
  switch (element) {
    case '06': {
      const text = reader.take(2);
      if (!/^(\d\d|[+-]\d)$/.test(text)) {
        throw new Mismatch();
      }
      const year = Number(text);
      fields.year = year + (year >= 69 ? 1900 : 2000);
      break;
    }
    case '2006': {
      const text = reader.take(4);
      if (!/^\d{4}$/.test(text)) {
        throw new Mismatch();
      }
      fields.year = Number(text);
      break;
    }
    case 'January':
      fields.month = reader.name(MONTH_NAMES) + 1;
      break;
    case 'Jan':
      fields.month = reader.name(SHORT_MONTHS) + 1;
      break;
    case '1':
    case '01':
      fields.month = reader.number(element === '01' ? 2 : 1);
      checkRange(fields.month >= 1 && fields.month <= 12, 'month');
      break;
    case 'Monday':
      reader.name(WEEKDAY_NAMES);
      break;
    case 'Mon':
      reader.name(SHORT_WEEKDAYS);
      break;
    case '_2':
      reader.rest = reader.rest.replace(/^ /, '');
      fields.day = reader.number(1);
      break;
    case '2':
    case '02':
      fields.day = reader.number(element === '02' ? 2 : 1);
      break;
    case '__2':
    case '002': {
      if (element === '__2') {
        reader.rest = reader.rest.replace(/^ {1,2}/, '');
      }
      const match = (element === '002' ? /^\d{3}/ : /^\d{1,3}/).exec(
        reader.rest,
      );
      if (!match) {
        throw new Mismatch();
      }
      fields.yearDay = Number(reader.take(match[0].length));
      break;
    }
    case '15':
      fields.hour = reader.number(1);
      checkRange(fields.hour < 24, 'hour');
      break;
    case '3':
    case '03':
      fields.hour = reader.number(element === '03' ? 2 : 1);
      checkRange(fields.hour <= 12, 'hour');
      break;
    case '4':
    case '04':
      fields.minute = reader.number(element === '04' ? 2 : 1);
      checkRange(fields.minute < 60, 'minute');
      break;
    case '5':
    case '05':
      readSecond(reader, element, fields, next);
      break;
    case 'PM':
    case 'pm':
      fields.half = readHalf(reader, element === 'PM');
      break;
    case 'MST':
      readZoneName(reader, fields);
      break;
    case 'fraction':
      readFraction(reader, source, fields);
      break;
    default:
      readOffset(reader, element!, fields);
  }
}

function daysInMonth(year: number, month: number): number {
  return new Date(dateMilliseconds(year, month + 1, 0)).getUTCDate();
}

/** Month and day from the day of the year. */
function applyYearDay(
  fields: TimeFields,
  fail: (problem: string) => never,
): void {
  const { year, yearDay } = fields;
  const last = daysInMonth(year, 2) === 29 ? 366 : 365;
  if (yearDay! < 1 || yearDay! > last) {
    fail(': day-of-year out of range');
  }
  const date = new Date(dateMilliseconds(year, 1, yearDay!));
  const month = date.getUTCMonth() + 1;
  const day = date.getUTCDate();
  if (fields.month !== undefined && fields.month !== month) {
    fail(': day-of-year does not match month');
  }
  if (fields.day !== undefined && fields.day !== day) {
    fail(': day-of-year does not match day');
  }
  fields.month = month;
  fields.day = day;
}

function zoneOf({ zone, offset, zoneName }: TimeFields): Zone {
  if (zone) {
    return zone;
  }
  if (offset !== undefined) {
    return offset === 0 && (zoneName === undefined || zoneName === 'UTC')
      ? UTC
      : fixedZone(zoneName ?? '', offset);
  }
  if (zoneName !== undefined) {
    const hours = zoneName.startsWith('GMT')
      ? Number(zoneName.slice(3) || 0)
      : 0;
    return fixedZone(zoneName, hours * 3600);
  }
  return UTC;
}

/**
 * time.ParseInLocation with the local zone, which is UTC.
 *
 * @throws FunctionError when the text does not match the layout
 */
export function parseTime(layout: string, text: string): GoTime {
  const reader = new Reader(text);
  const fields: TimeFields = {
    year: 0,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
  };
  const fail = (problem: string): never => {
    throw new FunctionError(
      problem.startsWith(':')
        ? `parsing time ${quoteString(text)}${problem}`
        : `parsing time ${quoteString(text)} as ${quoteString(
            layout,
          )}: ${problem}`,
    );
  };
  const parts = parseLayout(layout);
  parts.forEach((part, index) => {
    if (!reader.skip(part.prefix)) {
      fail(
        `cannot parse ${quoteString(reader.rest)} as ${quoteString(
          part.prefix,
        )}`,
      );
    }
    if (part.element === undefined) {
      if (reader.rest !== '') {
        fail(`: extra text: ${quoteString(reader.rest)}`);
      }
      return;
    }
    const before = reader.rest;
    try {
      const next = parts[index + 1];
      readElement(reader, part, fields, next);
    } catch (error) {
      if (!(error instanceof Mismatch)) {
        throw error;
      }
      if (error.range) {
        fail(`: ${error.range} out of range`);
      }
      fail(
        `cannot parse ${quoteString(before)} as ${quoteString(part.source)}`,
      );
    }
  });
  if (fields.half === 'pm' && fields.hour < 12) {
    fields.hour += 12;
  } else if (fields.half === 'am' && fields.hour === 12) {
    fields.hour = 0;
  }
  if (fields.yearDay !== undefined) {
    applyYearDay(fields, fail);
  }
  const { year, month = 1, day = 1, hour, minute, second } = fields;
  if (day < 1 || day > daysInMonth(year, month)) {
    fail(': day out of range');
  }
  const local =
    dateMilliseconds(year, month, day) / 1000 +
    hour * 3600 +
    minute * 60 +
    second;
  return atLocalTime(local, fields.nanoseconds, zoneOf(fields));
}
