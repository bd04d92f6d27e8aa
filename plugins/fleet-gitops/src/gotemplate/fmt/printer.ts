import { runes, toBytes } from '../values/goString';
import { sortedKeys } from '../values/order';
import {
  GoInteger,
  GoMap,
  GoObject,
  GoSlice,
  Value,
  mapEntries,
  sliceItems,
  typeOf,
} from '../values/types';
import { formatFloat } from './decimal';
import { Flags, noFlags } from './flags';
import { integerText, withAlternateForm } from './numberText';
import { canBackquote, isPrintable, quoteRune, quoteString } from './quote';

/** Prints Go values as package fmt does: one verb with its flags (fmt/print.go and fmt/format.go). */
export class Printer {
  out = '';
  flags: Flags = noFlags();
  private erroring = false;

  private padding(count: number): string {
    return count > 0
      ? (this.flags.zero && !this.flags.minus ? '0' : ' ').repeat(count)
      : '';
  }

  private pad(text: string): void {
    const { width, minus } = this.flags;
    if (!width) {
      this.out += text;
      return;
    }
    const padding = this.padding(width - runes(text).length);
    this.out += minus ? text + padding : padding + text;
  }

  private padWithSpaces(text: string): void {
    const { zero } = this.flags;
    this.flags.zero = false;
    this.pad(text);
    this.flags.zero = zero;
  }

  private badVerb(verb: string, value: Value): void {
    this.erroring = true;
    this.out += `%!${verb}(`;
    if (value === undefined || value === null) {
      this.out += '<nil>';
    } else {
      this.out += `${typeOf(value)}=`;
      this.print(value, 'v');
    }
    this.out += ')';
    this.erroring = false;
  }

  /** Prints one operand. */
  print(value: Value, verb: string): void {
    if (value === undefined || value === null) {
      if (verb === 'T' || verb === 'v') {
        this.pad('<nil>');
      } else {
        this.badVerb(verb, value);
      }
    } else if (verb === 'T') {
      this.pad(this.truncate(typeOf(value)));
    } else if (verb === 'p') {
      this.badVerb(verb, value);
    } else {
      this.printValue(value, verb, 0);
    }
  }

  private printValue(value: Value, verb: string, depth: number): void {
    if (value === undefined || value === null) {
      this.out += this.flags.sharpV ? 'interface {}(nil)' : '<nil>';
      return;
    }
    if (verb === 'w' && !this.erroring && typeof value === 'object') {
      this.badVerb(verb, value);
      return;
    }
    switch (typeof value) {
      case 'string':
        this.printString(value, verb);
        return;
      case 'number':
        this.printFloat(value, verb);
        return;
      case 'boolean':
        if (verb === 't' || verb === 'v') {
          this.pad(String(value));
        } else {
          this.badVerb(verb, value);
        }
        return;
      default:
    }
    if (value instanceof GoInteger) {
      this.printInteger(value, verb);
    } else if (value instanceof GoObject) {
      this.printObject(value, verb, depth);
    } else {
      this.printCollection(value, verb, depth);
    }
  }

  private printObject(value: GoObject, verb: string, depth: number): void {
    const text = value.toGoString();
    if (text !== undefined && !this.flags.sharpV && 'vsxXq'.includes(verb)) {
      this.printString(text, verb);
      return;
    }
    const syntax = this.flags.sharpV ? value.toGoSyntax() : undefined;
    if (syntax !== undefined) {
      this.out += syntax;
      return;
    }
    const underlying = value.underlying();
    if (underlying === undefined) {
      this.badVerb(verb, value.toGoString());
    } else {
      this.printValue(underlying, verb, depth);
    }
  }

  private printCollection(
    value: GoSlice | GoMap | Value[] | Record<string, Value>,
    verb: string,
    depth: number,
  ): void {
    const items = sliceItems(value);
    const { sharpV } = this.flags;
    const isNil =
      (value instanceof GoSlice || value instanceof GoMap) && value.isNil;
    if (sharpV) {
      this.out += typeOf(value);
      if (isNil) {
        this.out += '(nil)';
        return;
      }
    }
    const separator = sharpV ? ', ' : ' ';
    if (items) {
      this.out += sharpV ? '{' : '[';
      items.forEach((item, index) => {
        this.out += index > 0 ? separator : '';
        this.printElement(item, verb, depth);
      });
    } else {
      const entries = mapEntries(value)!;
      this.out += sharpV ? '{' : 'map[';
      sortedKeys(entries).forEach((key, index) => {
        this.out += index > 0 ? separator : '';
        this.printValue(key, verb, depth + 1);
        this.out += ':';
        this.printElement(entries[key], verb, depth);
      });
    }
    this.out += sharpV ? '}' : ']';
  }

  private printElement(value: Value, verb: string, depth: number): void {
    this.printValue(value, verb, depth + 1);
  }

  private truncate(text: string): string {
    const { precision } = this.flags;
    return precision === undefined
      ? text
      : runes(text).slice(0, precision).join('');
  }

  private printString(text: string, verb: string): void {
    const { sharp, sharpV, plus } = this.flags;
    if (verb === 's' || (verb === 'v' && !sharpV)) {
      this.pad(this.truncate(text));
    } else if (verb === 'q' || verb === 'v') {
      const shown = this.truncate(text);
      this.pad(
        sharp && canBackquote(shown)
          ? `\`${shown}\``
          : quoteString(shown, plus),
      );
    } else if (verb === 'x' || verb === 'X') {
      this.printHex(text, verb);
    } else {
      this.badVerb(verb, text);
    }
  }

  private printHex(text: string, verb: string): void {
    const { sharp, space, width, precision, minus } = this.flags;
    const all = toBytes(text);
    const bytes = precision === undefined ? all : all.subarray(0, precision);
    if (bytes.length === 0) {
      this.out += this.padding(width ?? 0);
      return;
    }
    const prefix = sharp ? `0${verb}` : '';
    const digits = Array.from(bytes, byte => {
      const pair = byte.toString(16).padStart(2, '0');
      return verb === 'X' ? pair.toUpperCase() : pair;
    });
    const shown = prefix + digits.join(space ? ` ${prefix}` : '');
    // The padding counts what upstream counts: two characters per byte and the separators.
    const padding = this.padding((width ?? 0) - shown.length);
    this.out += minus ? shown + padding : padding + shown;
  }

  private printInteger({ value, type }: GoInteger, verb: string): void {
    switch (verb) {
      case 'v':
        if (this.flags.sharpV && type.startsWith('u')) {
          this.flags.sharp = true;
          this.formatInteger(value, 16, verb);
          this.flags.sharp = false;
        } else {
          this.formatInteger(value, 10, verb);
        }
        break;
      case 'd':
        this.formatInteger(value, 10, verb);
        break;
      case 'b':
        this.formatInteger(value, 2, verb);
        break;
      case 'o':
      case 'O':
        this.formatInteger(value, 8, verb);
        break;
      case 'x':
      case 'X':
        this.formatInteger(value, 16, verb);
        break;
      case 'c':
        this.pad(
          value >= 0n &&
            value <= 0x10ffffn &&
            !(value >= 0xd800n && value <= 0xdfffn)
            ? String.fromCodePoint(Number(value))
            : '\uFFFD',
        );
        break;
      case 'q':
        this.pad(
          quoteRune(
            value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd,
            this.flags.plus,
          ),
        );
        break;
      case 'U':
        this.formatUnicode(BigInt.asUintN(64, value));
        break;
      default:
        this.badVerb(verb, new GoInteger(type, value));
    }
  }

  private formatInteger(
    value: bigint,
    base: 2 | 8 | 10 | 16,
    verb: string,
  ): void {
    this.padWithSpaces(integerText(value, base, verb, this.flags));
  }

  private formatUnicode(value: bigint): void {
    const { precision, sharp } = this.flags;
    const digits = value
      .toString(16)
      .toUpperCase()
      .padStart(Math.max(precision ?? 4, 4), '0');
    let shown = `U+${digits}`;
    if (sharp && value <= 0x10ffffn) {
      const char = String.fromCodePoint(Number(value));
      shown += isPrintable(char) ? ` '${char}'` : '';
    }
    this.padWithSpaces(shown);
  }

  private printFloat(value: number, verb: string): void {
    switch (verb) {
      case 'v':
        this.formatFloat(value, 'g', -1);
        break;
      case 'b':
      case 'g':
      case 'G':
      case 'x':
      case 'X':
        this.formatFloat(value, verb, -1);
        break;
      case 'f':
      case 'e':
      case 'E':
        this.formatFloat(value, verb, 6);
        break;
      case 'F':
        this.formatFloat(value, 'f', 6);
        break;
      default:
        this.badVerb(verb, value);
    }
  }

  private formatFloat(
    value: number,
    verb: string,
    defaultPrecision: number,
  ): void {
    const {
      plus,
      space,
      sharp,
      zero,
      minus,
      width,
      precision: wanted,
    } = this.flags;
    const precision = wanted ?? defaultPrecision;
    const text = formatFloat(value, verb, precision);
    let sign = /^[+-]/.exec(text)?.[0] ?? '+';
    let digits = text.replace(/^[+-]/, '');
    if (space && sign === '+' && !plus) {
      sign = ' ';
    }
    if (digits === 'Inf' || digits === 'NaN') {
      const signed =
        digits === 'NaN' && !space && !plus ? digits : sign + digits;
      this.padWithSpaces(signed);
      return;
    }
    if (sharp && verb !== 'b') {
      digits = withAlternateForm(digits, verb, precision);
    }
    if (plus || sign !== '+') {
      if (zero && !minus && width !== undefined && width > digits.length + 1) {
        this.out += sign + this.padding(width - digits.length - 1) + digits;
        return;
      }
      this.pad(sign + digits);
      return;
    }
    this.pad(digits);
  }
}
