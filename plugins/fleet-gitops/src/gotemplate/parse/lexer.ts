import {
  KEYWORDS,
  Token,
  TokenType,
  describeCharacter,
  isAlphanumeric,
  isSpace,
} from './tokens';

/** Go's text/template scanner (text/template/parse/lex.go), token by token on demand. */
export class Lexer {
  private pos = 0;
  private start = 0;
  private insideAction = false;
  private parenDepth = 0;
  private line = 1;
  private countedTo = 0;
  private failed: Token | undefined;

  constructor(private readonly input: string) {}

  next(): Token {
    if (this.failed) {
      return this.failed;
    }
    return this.insideAction ? this.lexInsideAction() : this.lexText();
  }

  private lineAt(pos: number): number {
    for (; this.countedTo < pos; this.countedTo++) {
      if (this.input.charCodeAt(this.countedTo) === 10) {
        this.line++;
      }
    }
    return this.line;
  }

  private emit(type: TokenType): Token {
    const token = {
      type,
      pos: this.start,
      line: this.lineAt(this.start),
      value: this.input.slice(this.start, this.pos),
    };
    this.start = this.pos;
    return token;
  }

  private error(message: string): Token {
    this.failed = {
      type: 'error',
      pos: this.start,
      line: this.lineAt(this.start),
      value: message,
    };
    return this.failed;
  }

  private peek(): string {
    const code = this.input.codePointAt(this.pos);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private accept(valid: string): boolean {
    const char = this.peek();
    if (char !== '' && valid.includes(char)) {
      this.pos += char.length;
      return true;
    }
    return false;
  }

  private acceptRun(valid: string): void {
    while (this.accept(valid)) {
      // accept moves on
    }
  }

  private skipSpaces(): void {
    while (this.pos < this.input.length && isSpace(this.input[this.pos])) {
      this.pos++;
    }
    this.start = this.pos;
  }

  private lexText(): Token {
    const open = this.input.indexOf('{{', this.pos);
    if (open < 0) {
      this.pos = this.input.length;
      return this.emit(this.pos > this.start ? 'text' : 'eof');
    }
    if (open > this.start) {
      let end = open;
      if (this.input[open + 2] === '-' && isSpace(this.input[open + 3] ?? '')) {
        while (end > this.start && isSpace(this.input[end - 1])) {
          end--;
        }
      }
      this.pos = end;
      const token = this.emit('text');
      this.pos = open;
      this.start = open;
      if (token.value !== '') {
        return token;
      }
    }
    return this.lexLeftDelimiter();
  }

  private lexLeftDelimiter(): Token {
    this.pos = this.start + 2;
    const trim =
      this.input[this.pos] === '-' && isSpace(this.input[this.pos + 1] ?? '');
    const afterMarker = trim ? 2 : 0;
    if (this.input.startsWith('/*', this.pos + afterMarker)) {
      this.pos += afterMarker;
      this.start = this.pos;
      return this.lexComment();
    }
    const token = this.emit('leftDelimiter');
    this.insideAction = true;
    this.pos += afterMarker;
    this.start = this.pos;
    this.parenDepth = 0;
    return token;
  }

  private lexComment(): Token {
    const close = this.input.indexOf('*/', this.pos + 2);
    if (close < 0) {
      return this.error('unclosed comment');
    }
    this.pos = close + 2;
    const delimiter = this.atRightDelimiter();
    if (!delimiter) {
      return this.error('comment ends before closing delimiter');
    }
    this.pos += delimiter === 'trim' ? 4 : 2;
    this.start = this.pos;
    if (delimiter === 'trim') {
      this.skipSpaces();
    }
    return this.lexText();
  }

  private atRightDelimiter(): 'plain' | 'trim' | undefined {
    if (
      isSpace(this.input[this.pos] ?? '') &&
      this.input.startsWith('-}}', this.pos + 1)
    ) {
      return 'trim';
    }
    return this.input.startsWith('}}', this.pos) ? 'plain' : undefined;
  }

  private lexRightDelimiter(): Token {
    const trim = this.atRightDelimiter() === 'trim';
    if (trim) {
      this.pos += 2;
      this.start = this.pos;
    }
    this.pos += 2;
    const token = this.emit('rightDelimiter');
    if (trim) {
      this.skipSpaces();
    }
    this.insideAction = false;
    return token;
  }

  private lexInsideAction(): Token {
    if (this.atRightDelimiter()) {
      return this.parenDepth === 0
        ? this.lexRightDelimiter()
        : this.error('unclosed left paren');
    }
    const char = this.peek();
    if (char === '') {
      return this.error('unclosed action');
    }
    if (isSpace(char)) {
      return this.lexSpace();
    }
    this.pos += char.length;
    switch (char) {
      case '=':
        return this.emit('assign');
      case ':':
        return this.accept('=')
          ? this.emit('declare')
          : this.error('expected :=');
      case '|':
        return this.emit('pipe');
      case '"':
        return this.lexQuoted('"', 'string', 'unterminated quoted string');
      case "'":
        return this.lexQuoted(
          "'",
          'charConstant',
          'unterminated character constant',
        );
      case '`':
        return this.lexRawString();
      case '$':
        return this.lexFieldOrVariable('variable');
      case '(':
        this.parenDepth++;
        return this.emit('leftParen');
      case ')':
        this.parenDepth--;
        return this.parenDepth < 0
          ? this.error('unexpected right paren')
          : this.emit('rightParen');
      default:
    }
    if (char === '.' && this.pos < this.input.length) {
      const next = this.input[this.pos];
      if (next < '0' || next > '9') {
        return this.lexFieldOrVariable('field');
      }
    }
    if ('.+-'.includes(char) || (char >= '0' && char <= '9')) {
      this.pos -= char.length;
      return this.lexNumber();
    }
    if (isAlphanumeric(char)) {
      return this.lexIdentifier();
    }
    return char > ' ' && char < '\x7f'
      ? this.emit('char')
      : this.error(
          `unrecognized character in action: ${describeCharacter(char)}`,
        );
  }

  private lexSpace(): Token {
    const first = this.pos;
    while (isSpace(this.peek())) {
      this.pos++;
    }
    // The last space may belong to a trim marker.
    if (this.input.startsWith('-}}', this.pos)) {
      this.pos--;
      if (this.pos === first) {
        return this.lexRightDelimiter();
      }
    }
    return this.emit('space');
  }

  private skipAlphanumeric(): void {
    for (let char = this.peek(); isAlphanumeric(char); char = this.peek()) {
      this.pos += char.length;
    }
  }

  private lexIdentifier(): Token {
    this.skipAlphanumeric();
    if (!this.atTerminator()) {
      return this.error(`bad character ${describeCharacter(this.peek())}`);
    }
    const word = this.input.slice(this.start, this.pos);
    if (KEYWORDS.has(word)) {
      return this.emit('keyword');
    }
    return this.emit(
      word === 'true' || word === 'false' ? 'bool' : 'identifier',
    );
  }

  private lexFieldOrVariable(type: 'field' | 'variable'): Token {
    if (this.atTerminator()) {
      return this.emit(type === 'variable' ? 'variable' : 'dot');
    }
    this.skipAlphanumeric();
    return this.atTerminator()
      ? this.emit(type)
      : this.error(`bad character ${describeCharacter(this.peek())}`);
  }

  private atTerminator(): boolean {
    const char = this.peek();
    return (
      char === '' ||
      isSpace(char) ||
      '.,|:)('.includes(char) ||
      this.input.startsWith('}}', this.pos)
    );
  }

  private lexQuoted(quote: string, type: TokenType, message: string): Token {
    for (;;) {
      const char = this.peek();
      this.pos += char.length;
      if (char === '\\') {
        const escaped = this.peek();
        if (escaped === '' || escaped === '\n') {
          return this.error(message);
        }
        this.pos += escaped.length;
      } else if (char === '' || char === '\n') {
        return this.error(message);
      } else if (char === quote) {
        return this.emit(type);
      }
    }
  }

  private lexRawString(): Token {
    const close = this.input.indexOf('`', this.pos);
    if (close < 0) {
      return this.error('unterminated raw quoted string');
    }
    this.pos = close + 1;
    return this.emit('rawString');
  }

  private badNumber(): Token {
    return this.error(
      `bad number syntax: ${JSON.stringify(
        this.input.slice(this.start, this.pos),
      )}`,
    );
  }

  private lexNumber(): Token {
    if (!this.scanNumber()) {
      return this.badNumber();
    }
    if ('+-'.includes(this.peek() || ' ')) {
      // Complex: 1+2i. No spaces, must end in 'i'.
      if (!this.scanNumber() || this.input[this.pos - 1] !== 'i') {
        return this.badNumber();
      }
      return this.emit('complex');
    }
    return this.emit('number');
  }

  private scanNumber(): boolean {
    this.accept('+-');
    let digits = '0123456789_';
    let base = 10;
    if (this.accept('0')) {
      if (this.accept('xX')) {
        digits = '0123456789abcdefABCDEF_';
        base = 16;
      } else if (this.accept('oO')) {
        digits = '01234567_';
        base = 8;
      } else if (this.accept('bB')) {
        digits = '01_';
        base = 2;
      }
    }
    this.acceptRun(digits);
    if (this.accept('.')) {
      this.acceptRun(digits);
    }
    if (
      (base === 10 && this.accept('eE')) ||
      (base === 16 && this.accept('pP'))
    ) {
      this.accept('+-');
      this.acceptRun('0123456789_');
    }
    this.accept('i');
    const next = this.peek();
    if (isAlphanumeric(next)) {
      this.pos += next.length;
      return false;
    }
    return true;
  }
}
