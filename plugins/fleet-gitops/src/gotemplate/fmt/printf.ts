import { normalizeBytes } from '../values/goString';
import { GoInteger, Value, typeOf } from '../values/types';
import { floatText } from './decimal';
import { noFlags } from './flags';
import { Printer } from './printer';

const MAX_NUMBER = 1e6;

/** Reads digits from `start`; a number that is too large counts as none, as upstream. */
function parseNumber(
  format: string,
  start: number,
  end: number,
): { value: number | undefined; pos: number } {
  let value: number | undefined;
  for (let pos = start; ; pos++) {
    const digit = pos < end ? format.charCodeAt(pos) - 48 : -1;
    if (digit < 0 || digit > 9) {
      return { value, pos };
    }
    if ((value ?? 0) > MAX_NUMBER) {
      return { value: undefined, pos: end };
    }
    value = (value ?? 0) * 10 + digit;
  }
}

/** One call of fmt.Sprintf. */
class Formatter {
  private readonly printer = new Printer();
  private pos = 0;
  private argument = 0;
  private reordered = false;
  private goodArgument = true;

  constructor(
    private readonly format: string,
    private readonly args: readonly Value[],
  ) {}

  run(): string {
    const { format, printer } = this;
    while (this.pos < format.length) {
      const percent = format.indexOf('%', this.pos);
      if (percent < 0) {
        printer.out += format.slice(this.pos);
        break;
      }
      printer.out += format.slice(this.pos, percent);
      this.pos = percent + 1;
      if (!this.directive()) {
        break;
      }
    }
    this.extraArguments();
    return normalizeBytes(printer.out);
  }

  /** Prints what follows a percent sign; false at a format that ends in the middle. */
  private directive(): boolean {
    const { format, printer, args } = this;
    const flags = noFlags();
    printer.flags = flags;
    this.goodArgument = true;
    for (; this.pos < format.length; this.pos++) {
      const char = format[this.pos];
      if (char === '#') flags.sharp = true;
      else if (char === '0') flags.zero = true;
      else if (char === '+') flags.plus = true;
      else if (char === '-') flags.minus = true;
      else if (char === ' ') flags.space = true;
      else break;
    }
    let afterIndex = this.argumentIndex();
    if (format[this.pos] === '*') {
      this.pos++;
      const width = this.intArgument();
      if (width === undefined) {
        printer.out += '%!(BADWIDTH)';
      } else if (width < 0) {
        flags.minus = true;
        flags.zero = false;
      }
      flags.width = width === undefined ? undefined : Math.abs(width);
      afterIndex = false;
    } else {
      const parsed = parseNumber(format, this.pos, format.length);
      flags.width = parsed.value;
      this.pos = parsed.pos;
      if (afterIndex && parsed.value !== undefined) {
        this.goodArgument = false;
      }
    }
    if (this.pos + 1 < format.length && format[this.pos] === '.') {
      this.pos++;
      afterIndex = this.precision(afterIndex);
    }
    if (!afterIndex) {
      this.argumentIndex();
    }
    if (this.pos >= format.length) {
      printer.out += '%!(NOVERB)';
      return false;
    }
    const verb = String.fromCodePoint(format.codePointAt(this.pos)!);
    this.pos += verb.length;
    if (verb === '%') {
      printer.out += '%';
    } else if (!this.goodArgument) {
      printer.out += `%!${verb}(BADINDEX)`;
    } else if (this.argument >= args.length) {
      printer.out += `%!${verb}(MISSING)`;
    } else {
      if (verb === 'v' || verb === 'w') {
        flags.sharpV = flags.sharp;
        flags.sharp = false;
        flags.plusV = flags.plus;
        flags.plus = false;
      }
      printer.print(args[this.argument], verb);
      this.argument++;
    }
    return true;
  }

  private precision(afterWidthIndex: boolean): boolean {
    const { format, printer } = this;
    if (afterWidthIndex) {
      this.goodArgument = false;
    }
    const afterIndex = this.argumentIndex();
    if (format[this.pos] === '*') {
      this.pos++;
      const value = this.intArgument();
      if (value === undefined || value < 0) {
        printer.out += '%!(BADPREC)';
      } else {
        printer.flags.precision = value;
      }
      return false;
    }
    const parsed = parseNumber(format, this.pos, format.length);
    printer.flags.precision = parsed.value ?? 0;
    this.pos = parsed.pos;
    return afterIndex;
  }

  /** `[n]`: the operand to take next. */
  private argumentIndex(): boolean {
    const { format } = this;
    if (format[this.pos] !== '[') {
      return false;
    }
    this.reordered = true;
    const close = format.indexOf(']', this.pos + 1);
    if (format.length - this.pos < 3 || close < 0) {
      this.goodArgument = false;
      this.pos++;
      return false;
    }
    const parsed = parseNumber(format, this.pos + 1, close);
    this.pos = close + 1;
    if (parsed.value === undefined || parsed.pos !== close) {
      this.goodArgument = false;
      return false;
    }
    const index = parsed.value - 1;
    if (index >= 0 && index < this.args.length) {
      this.argument = index;
    } else {
      this.goodArgument = false;
    }
    return true;
  }

  /** The operand for `*`; only integers count, not float64. */
  private intArgument(): number | undefined {
    if (this.argument >= this.args.length) {
      return undefined;
    }
    const value = this.args[this.argument];
    this.argument++;
    if (!(value instanceof GoInteger)) {
      return undefined;
    }
    const number = Number(value.value);
    return Math.abs(number) > MAX_NUMBER ? undefined : number;
  }

  private extraArguments(): void {
    const { printer, args } = this;
    if (this.reordered || this.argument >= args.length) {
      return;
    }
    printer.flags = noFlags();
    printer.out += '%!(EXTRA ';
    args.slice(this.argument).forEach((value, index) => {
      printer.out += index > 0 ? ', ' : '';
      if (value === undefined || value === null) {
        printer.out += '<nil>';
      } else {
        printer.out += `${typeOf(value)}=`;
        printer.print(value, 'v');
      }
    });
    printer.out += ')';
  }
}

/** fmt.Sprintf. */
export function sprintf(format: string, args: readonly Value[]): string {
  return new Formatter(format, args).run();
}

/** A value as `%v` prints it. */
export function valueText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return floatText(value);
    case 'boolean':
      return String(value);
    default:
  }
  if (value instanceof GoInteger) {
    return value.value.toString();
  }
  const printer = new Printer();
  printer.print(value, 'v');
  return printer.out;
}

/** fmt.Sprint: a space between operands when neither is a string. */
export function sprint(args: readonly Value[]): string {
  let text = '';
  args.forEach((value, index) => {
    const spaced =
      index > 0 &&
      typeof value !== 'string' &&
      typeof args[index - 1] !== 'string';
    text += (spaced ? ' ' : '') + valueText(value);
  });
  return normalizeBytes(text);
}

/** fmt.Sprintln. */
export function sprintln(args: readonly Value[]): string {
  return `${normalizeBytes(args.map(valueText).join(' '))}\n`;
}
