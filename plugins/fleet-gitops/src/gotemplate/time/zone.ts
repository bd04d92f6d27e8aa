import { zoneAbbreviation } from './zoneAbbreviations';

/** The offset of a place at a moment. */
export interface ZoneOffset {
  /** For example `CET`; empty where only the offset is known. */
  name: string;
  /** Seconds east of UTC. */
  offset: number;
}

/** A time.Location. */
export interface Zone {
  readonly name: string;
  /** @param seconds - since 1970, UTC */
  at(seconds: number): ZoneOffset;
}

export const UTC: Zone = {
  name: 'UTC',
  at: () => ({ name: 'UTC', offset: 0 }),
};

/** A zone with one offset, in seconds east of UTC. */
export function fixedZone(name: string, offset: number): Zone {
  return { name, at: () => ({ name, offset }) };
}

/** 400 years, after which the calendar repeats itself. */
export const CYCLE_SECONDS = 146_097 * 86_400;

/** A moment of the same day in the calendar that JavaScript's dates can hold: they end in the year 275760. */
function withinDates(seconds: number): number {
  if (Math.abs(seconds) < 8e12) return seconds;
  const rest = seconds - Math.floor(seconds / CYCLE_SECONDS) * CYCLE_SECONDS;
  return rest + Math.sign(seconds) * 2 * CYCLE_SECONDS;
}

const zones = new Map<string, Zone | undefined>();

function createZone(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      timeZoneName: 'longOffset',
    });
  } catch {
    return undefined;
  }
  return {
    name,
    at(seconds) {
      const offsetText =
        format
          .formatToParts(new Date(withinDates(seconds) * 1000))
          .find(part => part.type === 'timeZoneName')?.value ?? 'GMT';
      const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(offsetText);
      if (!match) {
        return { name: zoneAbbreviation(name, 0), offset: 0 };
      }
      const [, sign, hours, minutes, rest = '0'] = match;
      const absolute =
        Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
      const offset = sign === '-' ? -absolute : absolute;
      return { name: zoneAbbreviation(name, Math.round(offset / 60)), offset };
    },
  };
}

/** time.LoadLocation by IANA name; `Local` is UTC. Undefined for an unknown name. */
export function loadZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') {
    return UTC;
  }
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) {
    return undefined;
  }
  if (!zones.has(name)) {
    zones.set(name, createZone(name));
  }
  return zones.get(name);
}
