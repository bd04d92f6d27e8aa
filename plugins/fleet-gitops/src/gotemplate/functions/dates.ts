import { FunctionError } from '../errors';
import { parseInteger } from '../values/parseNumber';
import { GoInteger, Value } from '../values/types';
import {
  HOUR,
  MINUTE,
  SECOND,
  durationText,
  parseDuration,
} from '../time/duration';
import { formatTime } from '../time/format';
import { GoTime } from '../time/goTime';
import { parseTime } from '../time/parse';
import { UTC, loadZone } from '../time/zone';
import { currentTime } from './random';
import {
  FunctionContext,
  FunctionMap,
  define,
  defineWithContext,
} from './types';

const TIME = 'time.Time';
const HTML_DATE = '2006-01-02';

/** What Sprig takes for a time: a time, or an integer of seconds since 1970; anything else is now. */
function timeOf(context: FunctionContext, value: Value): GoTime {
  if (value instanceof GoTime) {
    return value;
  }
  if (
    value instanceof GoInteger &&
    ['int', 'int32', 'int64'].includes(value.type)
  ) {
    return new GoTime(Number(value.value), 0);
  }
  return GoTime.fromDate(currentTime(context));
}

function dateInZone(
  context: FunctionContext,
  layout: string,
  value: Value,
  zone: string,
): string {
  return formatTime(timeOf(context, value).in(loadZone(zone) ?? UTC), layout);
}

/** Go's idiom of ignoring an error: the value that comes with it. */
function orElse<T>(fallback: T, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FunctionError) {
      return fallback;
    }
    throw error;
  }
}

function roundToSeconds(nanoseconds: bigint): bigint {
  const sign = nanoseconds < 0n ? -1n : 1n;
  const magnitude = nanoseconds * sign;
  const rest = magnitude % SECOND;
  const rounded =
    rest * 2n < SECOND ? magnitude - rest : magnitude + SECOND - rest;
  return rounded * sign;
}

function ago(context: FunctionContext, value: Value): string {
  const elapsed =
    GoTime.fromDate(currentTime(context)).total() -
    timeOf(context, value).total();
  return durationText(roundToSeconds(elapsed));
}

function secondsDuration(value: Value): string {
  let seconds = 0n;
  if (typeof value === 'string') {
    seconds = parseInteger(value, 10) ?? 0n;
  } else if (value instanceof GoInteger && value.type === 'int64') {
    seconds = value.value;
  }
  return durationText(BigInt.asIntN(64, seconds * SECOND));
}

const ROUND_UNITS: readonly (readonly [bigint, string])[] = [
  [HOUR * 24n * 365n, 'y'],
  [HOUR * 24n * 30n, 'mo'],
  [HOUR * 24n, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'm'],
  [SECOND, 's'],
];

function durationRound(context: FunctionContext, value: Value): string {
  let nanoseconds = 0n;
  if (typeof value === 'string') {
    nanoseconds = orElse(0n, () => parseDuration(value));
  } else if (value instanceof GoInteger && value.type === 'int64') {
    nanoseconds = value.value;
  } else if (value instanceof GoTime) {
    nanoseconds = GoTime.fromDate(currentTime(context)).total() - value.total();
  }
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const unit = ROUND_UNITS.find(([size]) => magnitude > size);
  return unit ? `${magnitude / unit[0]}${unit[1]}` : '0s';
}

const dateModify = define(['string', TIME], (text, time: GoTime) =>
  time.add(orElse(0n, () => parseDuration(text))),
);
const mustDateModify = define(['string', TIME], (text, time: GoTime) =>
  time.add(parseDuration(text)),
);
const inZone = defineWithContext(['string', 'any', 'string'], dateInZone);

/** Sprig's functions for dates. The local zone is UTC. */
export const dateFunctions: FunctionMap = {
  now: defineWithContext([], context => GoTime.fromDate(currentTime(context))),
  ago: defineWithContext(['any'], ago),
  date: defineWithContext(['string', 'any'], (context, layout, value) =>
    dateInZone(context, layout, value, 'UTC'),
  ),
  dateInZone: inZone,
  date_in_zone: inZone,
  htmlDate: defineWithContext(['any'], (context, value) =>
    dateInZone(context, HTML_DATE, value, 'UTC'),
  ),
  htmlDateInZone: defineWithContext(['any', 'string'], (context, value, zone) =>
    dateInZone(context, HTML_DATE, value, zone),
  ),
  dateModify,
  date_modify: dateModify,
  mustDateModify,
  must_date_modify: mustDateModify,
  toDate: define(['string', 'string'], (layout, text) =>
    orElse(GoTime.zero(), () => parseTime(layout, text)),
  ),
  mustToDate: define(['string', 'string'], parseTime),
  unixEpoch: define([TIME], (time: GoTime) => String(time.seconds)),
  duration: define(['any'], secondsDuration),
  durationRound: defineWithContext(['any'], durationRound),
};
