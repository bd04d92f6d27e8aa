import { Mismatch, Reader, TimeFields, checkRange } from './reader';
import { UTC } from './zone';

const OFFSETS: Record<string, RegExp> = {
  '-0700': /^(.)(\d\d)(\d\d)/,
  '-070000': /^(.)(\d\d)(\d\d)(\d\d)/,
  '-07': /^(.)(\d\d)/,
  '-07:00': /^(.)(\d\d):(\d\d)/,
  '-07:00:00': /^(.)(\d\d):(\d\d):(\d\d)/,
};

/** Reads an offset such as `-07:00`, or `Z` where the layout allows it. */
export function readOffset(
  reader: Reader,
  element: string,
  fields: TimeFields,
): void {
  if (element.startsWith('Z') && reader.rest.startsWith('Z')) {
    reader.take(1);
    fields.zone = UTC;
    return;
  }
  const match = OFFSETS[element.replace('Z', '-')].exec(reader.rest);
  if (!match) {
    throw new Mismatch();
  }
  reader.take(match[0].length);
  const [, sign, hours, minutes = '0', seconds = '0'] = match;
  checkRange(Number(hours) <= 24, 'time zone offset hour');
  checkRange(Number(minutes) <= 60, 'time zone offset minute');
  checkRange(Number(seconds) <= 60, 'time zone offset second');
  if (sign !== '+' && sign !== '-') {
    throw new Mismatch();
  }
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  fields.offset = sign === '-' ? -offset : offset;
}

/** Length of a time zone abbreviation (time.parseTimeZone). */
function zoneNameLength(text: string): number {
  if (/^(ChST|MeST)/.test(text)) {
    return 4;
  }
  const offset = /^(GMT)?([+-])(\d+)/.exec(text);
  if (text.startsWith('GMT')) {
    return offset && Number(offset[3]) <= 23 ? offset[0].length : 3;
  }
  if (/^[+-]/.test(text)) {
    return offset && Number(offset[3]) <= 23 ? offset[0].length : 0;
  }
  const upper = /^[A-Z]{0,6}/.exec(text)![0];
  switch (upper.length) {
    case 5:
      return upper[4] === 'T' ? 5 : 0;
    case 4:
      return upper[3] === 'T' || upper === 'WITA' ? 4 : 0;
    case 3:
      return 3;
    default:
      return 0;
  }
}

/** Reads an abbreviation such as `CET`. */
export function readZoneName(reader: Reader, fields: TimeFields): void {
  if (reader.rest.startsWith('UTC')) {
    reader.take(3);
    fields.zone = UTC;
    return;
  }
  const length = zoneNameLength(reader.rest);
  if (length === 0) {
    throw new Mismatch();
  }
  fields.zoneName = reader.take(length);
}
