import { runes } from '../values/goString';
import {
  ScalarStyle,
  analyzeScalar,
  escapeCharacter,
  isBreak,
  isPrintable,
  selectStyle,
} from './scalarStyle';

const BEST_WIDTH = 80;
const BEST_INDENT = 2;
const MAX_SIMPLE_KEY = 128;

/**
 * Writes block-style YAML, character for character as libyaml's emitter does in go-yaml v2 (emitterc.go): lists are
 * not indented in maps, long texts fold after column 80.
 */
export class YamlEmitter {
  out = '';
  private column = 0;
  private indent = -1;
  private whitespace = true;
  private indention = true;

  /**
   * @param options - `width`: column after which texts fold at spaces; `indentLists`: whether lists in maps are
   *   indented, as go-yaml v3 writes them
   */
  constructor(
    private readonly options: { width: number; indentLists: boolean } = {
      width: BEST_WIDTH,
      indentLists: false,
    },
  ) {}

  /** Ends the document. */
  finish(): string {
    this.writeIndent();
    return this.out;
  }

  private put(text: string): void {
    this.out += text;
    this.column += 1;
  }

  private putBreak(text = '\n'): void {
    this.out += text;
    this.column = 0;
  }

  private writeIndent(): void {
    const indent = Math.max(this.indent, 0);
    if (
      !this.indention ||
      this.column > indent ||
      (this.column === indent && !this.whitespace)
    ) {
      this.putBreak();
    }
    while (this.column < indent) {
      this.put(' ');
    }
    this.whitespace = true;
    this.indention = true;
  }

  private writeIndicator(
    text: string,
    needsWhitespace: boolean,
    isWhitespace: boolean,
    isIndention: boolean,
  ): void {
    if (needsWhitespace && !this.whitespace) {
      this.put(' ');
    }
    for (const char of text) {
      this.put(char);
    }
    this.whitespace = isWhitespace;
    this.indention = this.indention && isIndention;
  }

  private indented(
    write: () => void,
    options: { flow?: boolean; indentless?: boolean } = {},
  ): void {
    const saved = this.indent;
    if (this.indent < 0) {
      this.indent = options.flow ? BEST_INDENT : 0;
    } else if (!options.indentless) {
      this.indent += BEST_INDENT;
    }
    write();
    this.indent = saved;
  }

  /** An empty list or map. */
  emptyCollection(brackets: '[]' | '{}'): void {
    this.writeIndicator(brackets[0], true, true, false);
    this.writeIndicator(brackets[1], false, false, false);
  }

  sequence(
    items: readonly unknown[],
    inMap: boolean,
    write: (item: any) => void,
  ): void {
    const indentless = inMap && !this.indention && !this.options.indentLists;
    this.indented(
      () => {
        for (const item of items) {
          this.writeIndent();
          this.writeIndicator('-', true, false, true);
          write(item);
        }
      },
      { indentless },
    );
  }

  mapping(
    keys: readonly string[],
    writeKey: (key: string, simple: boolean) => void,
    writeValue: (key: string) => void,
  ): void {
    this.indented(() => {
      for (const key of keys) {
        this.writeIndent();
        if (this.isSimpleKey(key)) {
          writeKey(key, true);
          this.writeIndicator(':', false, false, false);
        } else {
          this.writeIndicator('?', true, false, true);
          writeKey(key, false);
          this.writeIndent();
          this.writeIndicator(':', true, false, true);
        }
        writeValue(key);
      }
    });
  }

  private isSimpleKey(key: string): boolean {
    const chars = runes(key);
    return (
      !analyzeScalar(chars).multiline &&
      new TextEncoder().encode(key).length <= MAX_SIMPLE_KEY
    );
  }

  scalar(text: string, wanted: ScalarStyle, isSimpleKey: boolean): void {
    const chars = runes(text);
    const style = selectStyle(chars, wanted, isSimpleKey);
    this.indented(
      () => {
        switch (style) {
          case 'plain':
            this.writePlain(chars, !isSimpleKey);
            break;
          case 'single':
            this.writeSingleQuoted(chars, !isSimpleKey);
            break;
          case 'double':
            this.writeDoubleQuoted(chars, !isSimpleKey);
            break;
          default:
            this.writeLiteral(chars);
        }
      },
      { flow: true },
    );
  }

  private writePlain(chars: readonly string[], allowBreaks: boolean): void {
    if (!this.whitespace) {
      this.put(' ');
    }
    let spaces = false;
    chars.forEach((char, index) => {
      if (char !== ' ') {
        this.put(char);
        this.indention = false;
        spaces = false;
        return;
      }
      if (
        allowBreaks &&
        !spaces &&
        this.column > this.options.width &&
        chars[index + 1] !== ' '
      ) {
        this.writeIndent();
      } else {
        this.put(char);
      }
      spaces = true;
    });
    this.whitespace = false;
    this.indention = false;
  }

  private writeSingleQuoted(
    chars: readonly string[],
    allowBreaks: boolean,
  ): void {
    this.writeIndicator("'", true, false, false);
    let spaces = false;
    let breaks = false;
    chars.forEach((char, index) => {
      if (char === ' ') {
        const folds =
          allowBreaks &&
          !spaces &&
          this.column > this.options.width &&
          index > 0 &&
          index < chars.length - 1 &&
          chars[index + 1] !== ' ';
        if (folds) {
          this.writeIndent();
        } else {
          this.put(char);
        }
        spaces = true;
      } else if (isBreak(char)) {
        if (!breaks && char === '\n') {
          this.putBreak();
        }
        this.putBreak(char);
        this.indention = true;
        breaks = true;
      } else {
        if (breaks) {
          this.writeIndent();
        }
        if (char === "'") {
          this.put("'");
        }
        this.put(char);
        this.indention = false;
        spaces = false;
        breaks = false;
      }
    });
    this.writeIndicator("'", false, false, false);
    this.whitespace = false;
    this.indention = false;
  }

  private writeDoubleQuoted(
    chars: readonly string[],
    allowBreaks: boolean,
  ): void {
    this.writeIndicator('"', true, false, false);
    let spaces = false;
    chars.forEach((char, index) => {
      if (
        !isPrintable(char) ||
        isBreak(char) ||
        char === '"' ||
        char === '\\'
      ) {
        for (const part of escapeCharacter(char)) {
          this.put(part);
        }
        spaces = false;
      } else if (char === ' ') {
        const folds =
          allowBreaks &&
          !spaces &&
          this.column > this.options.width &&
          index > 0 &&
          index < chars.length - 1;
        if (folds) {
          this.writeIndent();
          if (chars[index + 1] === ' ') {
            this.put('\\');
          }
        } else {
          this.put(char);
        }
        spaces = true;
      } else {
        this.put(char);
        spaces = false;
      }
    });
    this.writeIndicator('"', false, false, false);
    this.whitespace = false;
    this.indention = false;
  }

  private writeLiteral(chars: readonly string[]): void {
    this.writeIndicator('|', true, false, false);
    if (chars[0] === ' ' || isBreak(chars[0])) {
      this.writeIndicator(String(BEST_INDENT), false, false, false);
    }
    const last = chars.length - 1;
    if (!isBreak(chars[last])) {
      this.writeIndicator('-', false, false, false);
    } else if (last === 0 || isBreak(chars[last - 1])) {
      this.writeIndicator('+', false, false, false);
    }
    this.putBreak();
    this.indention = true;
    this.whitespace = true;
    let breaks = true;
    for (const char of chars) {
      if (isBreak(char)) {
        this.putBreak(char);
        this.indention = true;
        breaks = true;
      } else {
        if (breaks) {
          this.writeIndent();
        }
        this.put(char);
        this.indention = false;
        breaks = false;
      }
    }
  }
}
