import { NotEvaluableError } from '../../errors';

/** The part of jq that says which fields to ignore, as a tree. */
export type JqNode =
  | { kind: 'identity' }
  | { kind: 'literal'; value: any }
  | { kind: 'index'; target: JqNode; key: JqNode }
  | { kind: 'iterate'; target: JqNode }
  | { kind: 'optional'; target: JqNode }
  | { kind: 'pipe' | 'comma' | 'and' | 'or'; left: JqNode; right: JqNode }
  | { kind: 'alternative'; left: JqNode; right: JqNode }
  | { kind: 'compare'; operator: string; left: JqNode; right: JqNode }
  | { kind: 'call'; name: string; args: JqNode[] };

const TOKEN =
  /\s*(?:(\.\.|\/\/|==|!=|<=|>=|[.[\]()|,?:;<>])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*))/y;

const IDENTITY: JqNode = { kind: 'identity' };

class JqParser {
  private readonly tokens: string[] = [];
  private position = 0;

  constructor(private readonly expression: string) {
    const pattern = new RegExp(TOKEN.source, 'y');
    while (expression.slice(pattern.lastIndex).trim() !== '') {
      const match = pattern.exec(expression);
      if (!match) {
        throw this.unsupported();
      }
      this.tokens.push(match[0].trim());
    }
  }

  parse(): JqNode {
    const node = this.parsePipe();
    if (this.position < this.tokens.length) {
      throw this.unsupported();
    }
    return node;
  }

  private parsePipe(): JqNode {
    const left = this.parseBinary(0);
    return this.accept('|')
      ? { kind: 'pipe', left, right: this.parsePipe() }
      : left;
  }

  /** Operators by rising precedence: `,`, `//`, `or`, `and`, comparisons. */
  private parseBinary(level: number): JqNode {
    const levels: Array<
      [string[], (op: string, l: JqNode, r: JqNode) => JqNode]
    > = [
      [[','], (_, left, right) => ({ kind: 'comma', left, right })],
      [['//'], (_, left, right) => ({ kind: 'alternative', left, right })],
      [['or'], (_, left, right) => ({ kind: 'or', left, right })],
      [['and'], (_, left, right) => ({ kind: 'and', left, right })],
      [
        ['==', '!=', '<=', '>=', '<', '>'],
        (operator, left, right) => ({
          kind: 'compare',
          operator,
          left,
          right,
        }),
      ],
    ];
    if (level === levels.length) {
      return this.parsePostfix();
    }
    const [operators, build] = levels[level];
    let left = this.parseBinary(level + 1);
    while (operators.includes(this.peek())) {
      const operator = this.next();
      left = build(operator, left, this.parseBinary(level + 1));
    }
    return left;
  }

  private parsePostfix(): JqNode {
    let node = this.parsePrimary();
    for (;;) {
      if (this.accept('?')) {
        node = { kind: 'optional', target: node };
      } else if (this.peek() === '[') {
        node = this.parseBracket(node);
      } else if (this.peek() === '.') {
        this.next();
        node =
          this.peek() === '[' ? this.parseBracket(node) : this.parseField(node);
      } else {
        return node;
      }
    }
  }

  private parsePrimary(): JqNode {
    const token = this.next();
    if (token === '.') {
      const following = this.peek();
      return isName(following) || following.startsWith('"')
        ? this.parseField(IDENTITY)
        : IDENTITY;
    }
    if (token === '..') {
      return { kind: 'call', name: 'recurse', args: [] };
    }
    if (token === '(') {
      const right = this.parsePipe();
      this.expect(')');
      // A pipe of its own, so that a "?" behind the parentheses is for all that is in them.
      return { kind: 'pipe', left: IDENTITY, right };
    }
    if (token.startsWith('"') || /^-?\d/.test(token)) {
      return { kind: 'literal', value: this.readLiteral(token) };
    }
    if (['true', 'false', 'null'].includes(token)) {
      return { kind: 'literal', value: JSON.parse(token) };
    }
    if (isName(token)) {
      return this.parseCall(token);
    }
    throw this.unsupported();
  }

  private parseField(target: JqNode): JqNode {
    const token = this.next();
    if (!isName(token) && !token.startsWith('"')) {
      throw this.unsupported();
    }
    const value = token.startsWith('"') ? this.readLiteral(token) : token;
    return { kind: 'index', target, key: { kind: 'literal', value } };
  }

  private parseBracket(target: JqNode): JqNode {
    this.expect('[');
    if (this.accept(']')) {
      return { kind: 'iterate', target };
    }
    const key = this.parsePipe();
    this.expect(']');
    return { kind: 'index', target, key };
  }

  private parseCall(name: string): JqNode {
    const args: JqNode[] = [];
    if (this.accept('(')) {
      do {
        args.push(this.parsePipe());
      } while (this.accept(';'));
      this.expect(')');
    }
    return { kind: 'call', name, args };
  }

  /** Strings with interpolation are not literals. */
  private readLiteral(token: string): any {
    try {
      return JSON.parse(token);
    } catch {
      throw this.unsupported();
    }
  }

  private peek(): string {
    return this.tokens[this.position] ?? '';
  }

  private next(): string {
    return this.tokens[this.position++] ?? '';
  }

  private accept(token: string): boolean {
    if (this.peek() !== token) {
      return false;
    }
    this.position++;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token)) {
      throw this.unsupported();
    }
  }

  private unsupported(): NotEvaluableError {
    return notSupported(this.expression);
  }
}

/**
 * Parses a jq path expression: fields, indexes, `[]`, `?`, pipes, commas, comparisons, `and`, `or`, `//`, literals and
 * function calls.
 *
 * @throws NotEvaluableError for anything else in the language
 */
export function parseJq(expression: string): JqNode {
  return new JqParser(expression).parse();
}

function isName(token: string): boolean {
  return /^[A-Za-z_]/.test(token) && token !== 'and' && token !== 'or';
}

/** The expression is jq beyond what is understood here. */
export function notSupported(expression: string): NotEvaluableError {
  return new NotEvaluableError(
    `the jq expression ${expression} cannot be evaluated here; a JSON pointer can`,
  );
}
