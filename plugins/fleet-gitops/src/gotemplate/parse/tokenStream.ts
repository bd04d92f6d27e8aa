import { GoTemplateError } from '../errors';
import { unquoteString } from '../values/unquote';
import { Lexer } from './lexer';
import { Token } from './tokens';

/** Tokens of a template with look-ahead, and the errors about them. */
export class TokenStream {
  protected actionLine = 0;
  private readonly lexer: Lexer;
  private readonly pushedBack: Token[] = [];
  private current: Token = { type: 'eof', pos: 0, line: 1, value: '' };

  constructor(
    protected readonly source: string,
    protected readonly text: string,
  ) {
    this.lexer = new Lexer(text);
  }

  protected next(): Token {
    this.current = this.pushedBack.pop() ?? this.lexer.next();
    return this.current;
  }

  protected backup(token: Token): void {
    this.pushedBack.push(token);
  }

  protected nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') {
      token = this.next();
    }
    return token;
  }

  protected peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup(token);
    return token;
  }

  protected peek(): Token {
    const token = this.next();
    this.backup(token);
    return token;
  }

  protected fail(reason: string): never {
    throw new GoTemplateError(
      'parse',
      { template: this.source, line: this.current.line },
      reason,
    );
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type === 'error') {
      const started =
        this.actionLine !== 0 && this.actionLine !== token.line
          ? ` in action started at ${this.source}:${this.actionLine}`
          : '';
      this.fail(
        token.value +
          (token.value.endsWith(' action')
            ? started.replace(' in action', '')
            : started),
      );
    }
    const shown =
      token.type === 'keyword'
        ? `<${token.value}>`
        : JSON.stringify(token.value);
    this.fail(
      `unexpected ${token.type === 'eof' ? 'EOF' : shown} in ${context}`,
    );
  }

  protected expectRightDelimiter(context: string): Token {
    const token = this.nextNonSpace();
    if (token.type !== 'rightDelimiter') {
      this.unexpected(token, context);
    }
    return token;
  }

  protected parseString(token: Token): string {
    const text = unquoteString(token.value);
    if (text === undefined) {
      this.fail('invalid syntax');
    }
    return text!;
  }

  protected parseName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') {
      this.unexpected(token, context);
    }
    return this.parseString(token);
  }
}
