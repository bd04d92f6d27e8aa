import { markup, type Markup } from './markup';

const UNITS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** "3 minutes ago"; a date where it is more than 30 days ago. */
export function describeTime(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  if (seconds > 30 * 86_400 || seconds < -60) {
    return `on ${absolute.format(date)}`;
  }
  const unit = UNITS.find(([, size]) => seconds >= size);
  return unit
    ? relative.format(-Math.floor(seconds / unit[1]), unit[0])
    : 'just now';
}

/** A time for people, with the exact one on hover. */
export function timeElement(date: Date | string, now: Date): Markup {
  const exact = new Date(date);
  const iso = exact.toISOString();
  return markup`<time datetime="${iso}" title="${iso
    .slice(0, 19)
    .replace('T', ' ')} UTC">${describeTime(exact, now)}</time>`;
}
