import { Zone } from './zone';

/** The value does not match the element; `range` names the part that is out of range. */
export class Mismatch extends Error {
  constructor(readonly range?: string) {
    super(range ?? 'bad value');
  }
}

/** What the elements of a layout tell about a time. */
export interface TimeFields {
  year: number;
  month?: number;
  day?: number;
  yearDay?: number;
  hour: number;
  minute: number;
  second: number;
  nanoseconds: number;
  half?: 'am' | 'pm';
  zone?: Zone;
  offset?: number;
  zoneName?: string;
}

/** Reads a value element by element (time.parse). */
export class Reader {
  constructor(public rest: string) {}

  number(width: 1 | 2): number {
    const match = (width === 2 ? /^\d\d/ : /^\d\d?/).exec(this.rest);
    if (!match) {
      throw new Mismatch();
    }
    this.rest = this.rest.slice(match[0].length);
    return Number(match[0]);
  }

  take(count: number): string {
    if (this.rest.length < count) {
      throw new Mismatch();
    }
    const taken = this.rest.slice(0, count);
    this.rest = this.rest.slice(count);
    return taken;
  }

  /** One of some names, without regard to case; answers its index. */
  name(names: readonly string[]): number {
    const index = names.findIndex(
      name =>
        this.rest.slice(0, name.length).toLowerCase() === name.toLowerCase(),
    );
    if (index < 0) {
      throw new Mismatch();
    }
    this.rest = this.rest.slice(names[index].length);
    return index;
  }

  skip(prefix: string): boolean {
    let expected = prefix;
    while (expected !== '') {
      if (expected[0] === ' ') {
        if (this.rest !== '' && this.rest[0] !== ' ') {
          return false;
        }
        expected = expected.replace(/^ +/, '');
        this.rest = this.rest.replace(/^ +/, '');
      } else if (this.rest[0] !== expected[0]) {
        return false;
      } else {
        expected = expected.slice(1);
        this.rest = this.rest.slice(1);
      }
    }
    return true;
  }
}

/** @throws Mismatch that names the part that is out of range */
export function checkRange(ok: boolean, name: string): void {
  if (!ok) {
    throw new Mismatch(name);
  }
}
