import type { Civil, GoTime } from './goTime';
import { LayoutElement, LayoutPart, parseLayout } from './layout';
import { MONTH_NAMES, WEEKDAY_NAMES } from './names';
import type { ZoneOffset } from './zone';

function pad(value: number, width: number, fill = '0'): string {
  const sign = value < 0 ? '-' : '';
  return sign + String(Math.abs(value)).padStart(width, fill);
}

function formatOffset(element: string, offset: number): string {
  if (offset === 0 && element.startsWith('Z')) {
    return 'Z';
  }
  const minutes = Math.trunc(offset / 60);
  const absolute = Math.abs(minutes);
  const colon = element.includes(':') ? ':' : '';
  const isShort = element === '-07' || element === 'Z07';
  const hasSeconds = /(?:0000|:00:00)$/.test(element);
  return [
    minutes < 0 ? '-' : '+',
    pad(Math.floor(absolute / 60), 2),
    isShort ? '' : colon + pad(absolute % 60, 2),
    hasSeconds ? colon + pad(Math.abs(offset) % 60, 2) : '',
  ].join('');
}

function formatFraction(source: string, nanoseconds: number): string {
  const digits = pad(nanoseconds, 9).slice(0, source.length - 1);
  if (source[1] === '0') {
    return source[0] + digits;
  }
  const trimmed = nanoseconds === 0 ? '' : digits.replace(/0+$/, '');
  return trimmed && source[0] + trimmed;
}

function formatElement(
  element: LayoutElement,
  civil: Civil,
  zone: ZoneOffset,
): string {
  const { year, month, day, hour, minute, second, weekday, yearDay } = civil;
  const hour12 = hour % 12 || 12;
  switch (element) {
    case 'January':
      return MONTH_NAMES[month - 1];
    case 'Jan':
      return MONTH_NAMES[month - 1].slice(0, 3);
    case '1':
      return String(month);
    case '01':
      return pad(month, 2);
    case 'Monday':
      return WEEKDAY_NAMES[weekday];
    case 'Mon':
      return WEEKDAY_NAMES[weekday].slice(0, 3);
    case '2':
      return String(day);
    case '_2':
      return pad(day, 2, ' ');
    case '02':
      return pad(day, 2);
    case '__2':
      return pad(yearDay, 3, ' ');
    case '002':
      return pad(yearDay, 3);
    case '15':
      return pad(hour, 2);
    case '3':
      return String(hour12);
    case '03':
      return pad(hour12, 2);
    case '4':
      return String(minute);
    case '04':
      return pad(minute, 2);
    case '5':
      return String(second);
    case '05':
      return pad(second, 2);
    case '2006':
      return pad(year, 4);
    case '06':
      return pad(Math.abs(year) % 100, 2);
    case 'PM':
      return hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return zone.name || formatOffset('-0700', zone.offset);
    default:
      return formatOffset(element, zone.offset);
  }
}

const layouts = new Map<string, LayoutPart[]>();

function cachedLayout(layout: string): LayoutPart[] {
  let parts = layouts.get(layout);
  if (!parts) {
    parts = parseLayout(layout);
    if (layouts.size > 200) {
      layouts.clear();
    }
    layouts.set(layout, parts);
  }
  return parts;
}

/** time.Time's Format. */
export function formatTime(time: GoTime, layout: string): string {
  const civil = time.civil();
  const zone = time.zone.at(time.seconds);
  return cachedLayout(layout)
    .map(({ prefix, element, source }) => {
      if (element === undefined) {
        return prefix;
      }
      return (
        prefix +
        (element === 'fraction'
          ? formatFraction(source, time.nanoseconds)
          : formatElement(element, civil, zone))
      );
    })
    .join('');
}
