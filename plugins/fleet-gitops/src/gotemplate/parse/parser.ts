import { GoTemplateError } from '../errors';
import { unquoteString } from '../values/unquote';
import { Lexer, Token } from './lexer';
import {
  ArgumentNode,
  BranchNode,
  CommandNode,
  ListNode,
  ParsedTemplate,
  PipeNode,
  StatementNode,
  TemplateNode,
  TemplateSet,
} from './nodes';
import { parseNumberLiteral } from './number';

const MAX_EXPRESSION_DEPTH = 10000;

/** What ends a list of statements. */
type Terminator =
  | { kind: 'end'; pos: number }
  | { kind: 'else'; pos: number; chained?: 'if' | 'with' };

/** Whether a template is only space and definitions; such a one does not replace another of its name. */
export function isEmptyTemplate(root: ListNode): boolean {
  return root.nodes.every(
    node =>
      node.kind === 'text' && /^[\t\n\v\f\r \u0085\u00A0]*$/.test(node.text),
  );
}

/** Parser for one text (text/template/parse/parse.go); `define` and `block` add to the given set. */
class Parser {
  private readonly lexer: Lexer;
  private readonly pushedBack: Token[] = [];
  private current: Token = { type: 'eof', pos: 0, line: 1, value: '' };
  private actionLine = 0;
  private variables = ['$'];
  private rangeDepth = 0;
  private expressionDepth = 0;

  constructor(
    private readonly source: string,
    private readonly text: string,
    private readonly hasFunction: (name: string) => boolean,
    private readonly set: TemplateSet,
  ) {
    this.lexer = new Lexer(text);
  }

  parse(): ParsedTemplate {
    const root: ListNode = { kind: 'list', pos: 0, nodes: [] };
    for (let token = this.next(); token.type !== 'eof'; token = this.next()) {
      if (token.type === 'leftDelimiter') {
        const keyword = this.nextNonSpace();
        if (keyword.type === 'keyword' && keyword.value === 'define') {
          this.parseDefinition();
          continue;
        }
        this.backup(keyword);
      }
      this.backup(token);
      const node = this.textOrAction();
      if (node.kind === 'end' || node.kind === 'else') {
        this.fail(`unexpected {{${node.kind}}}`);
      }
      root.nodes.push(node);
    }
    return this.add(this.source, root);
  }

  private add(name: string, root: ListNode): ParsedTemplate {
    const template = { name, source: this.source, text: this.text, root };
    const existing = this.set.get(name);
    if (!existing || isEmptyTemplate(existing.root)) {
      this.set.set(name, template);
    } else if (!isEmptyTemplate(root)) {
      this.fail(`template: multiple definition of template "${name}"`);
    }
    return template;
  }

  private next(): Token {
    this.current = this.pushedBack.pop() ?? this.lexer.next();
    return this.current;
  }

  private backup(token: Token): void {
    this.pushedBack.push(token);
  }

  private nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') {
      token = this.next();
    }
    return token;
  }

  private peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup(token);
    return token;
  }

  private peek(): Token {
    const token = this.next();
    this.backup(token);
    return token;
  }

  private fail(reason: string): never {
    throw new GoTemplateError(
      'parse',
      { template: this.source, line: this.current.line },
      reason,
    );
  }

  private unexpected(token: Token, context: string): never {
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

  private expectRightDelimiter(context: string): Token {
    const token = this.nextNonSpace();
    if (token.type !== 'rightDelimiter') {
      this.unexpected(token, context);
    }
    return token;
  }

  private parseString(token: Token): string {
    const text = unquoteString(token.value);
    if (text === undefined) {
      this.fail('invalid syntax');
    }
    return text!;
  }

  private parseName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') {
      this.unexpected(token, context);
    }
    return this.parseString(token);
  }

  /** Parses a body with variables, loops and parentheses of its own. */
  private inNewScope<T>(parse: () => T): T {
    const saved = {
      variables: this.variables,
      rangeDepth: this.rangeDepth,
      expressionDepth: this.expressionDepth,
      actionLine: this.actionLine,
    };
    this.variables = ['$'];
    this.rangeDepth = 0;
    this.expressionDepth = 0;
    const result = parse();
    Object.assign(this, saved);
    return result;
  }

  private parseDefinition(): void {
    const context = 'define clause';
    this.inNewScope(() => {
      const name = this.parseName(this.nextNonSpace(), context);
      this.expectRightDelimiter(context);
      const { list, terminator } = this.itemList();
      if (terminator.kind !== 'end') {
        this.fail(`unexpected {{else}} in ${context}`);
      }
      this.add(name, list);
    });
  }

  private itemList(): { list: ListNode; terminator: Terminator } {
    const list: ListNode = {
      kind: 'list',
      pos: this.peekNonSpace().pos,
      nodes: [],
    };
    while (this.peekNonSpace().type !== 'eof') {
      const node = this.textOrAction();
      if (node.kind === 'end' || node.kind === 'else') {
        return { list, terminator: node };
      }
      list.nodes.push(node);
    }
    return this.fail('unexpected EOF');
  }

  private textOrAction(): StatementNode | Terminator {
    const token = this.nextNonSpace();
    if (token.type === 'text') {
      return { kind: 'text', pos: token.pos, text: token.value };
    }
    if (token.type !== 'leftDelimiter') {
      this.unexpected(token, 'input');
    }
    this.actionLine = token.line;
    const node = this.action();
    this.actionLine = 0;
    return node;
  }

  private action(): StatementNode | Terminator {
    const token = this.nextNonSpace();
    if (token.type === 'keyword') {
      switch (token.value) {
        case 'block':
          return this.blockControl();
        case 'break':
        case 'continue':
          return this.loopControl(token.value, token.pos);
        case 'else':
          return this.elseControl();
        case 'end':
          return { kind: 'end', pos: this.expectRightDelimiter('end').pos };
        case 'if':
        case 'range':
        case 'with':
          return this.branchControl(token.value);
        case 'template':
          return this.templateControl();
        default:
      }
    }
    this.backup(token);
    return {
      kind: 'action',
      pos: token.pos,
      pipe: this.pipeline('command', 'rightDelimiter'),
    };
  }

  private loopControl(kind: 'break' | 'continue', pos: number): StatementNode {
    const token = this.nextNonSpace();
    if (token.type !== 'rightDelimiter') {
      this.unexpected(token, `{{${kind}}}`);
    }
    if (this.rangeDepth === 0) {
      this.fail(`{{${kind}}} outside {{range}}`);
    }
    return { kind, pos };
  }

  private elseControl(): Terminator {
    const peeked = this.peekNonSpace();
    if (
      peeked.type === 'keyword' &&
      (peeked.value === 'if' || peeked.value === 'with')
    ) {
      // "{{else if": the branch goes on as if it were "{{else}}{{if".
      return { kind: 'else', pos: peeked.pos, chained: peeked.value };
    }
    return { kind: 'else', pos: this.expectRightDelimiter('else').pos };
  }

  private branchControl(kind: BranchNode['kind']): BranchNode {
    const variableCount = this.variables.length;
    const pipe = this.pipeline(kind, 'rightDelimiter');
    const loop = kind === 'range' ? 1 : 0;
    this.rangeDepth += loop;
    const { list, terminator } = this.itemList();
    this.rangeDepth -= loop;
    let elseList: ListNode | undefined;
    if (terminator.kind === 'else') {
      if (terminator.chained && terminator.chained === kind) {
        this.nextNonSpace();
        elseList = {
          kind: 'list',
          pos: terminator.pos,
          nodes: [this.branchControl(kind)],
        };
      } else {
        const otherwise = this.itemList();
        if (otherwise.terminator.kind !== 'end') {
          this.fail('expected end; found {{else}}');
        }
        elseList = otherwise.list;
      }
    }
    this.variables.length = variableCount;
    return { kind, pos: pipe.pos, pipe, list, elseList };
  }

  private blockControl(): TemplateNode {
    const context = 'block clause';
    const token = this.nextNonSpace();
    const name = this.parseName(token, context);
    const pipe = this.pipeline(context, 'rightDelimiter');
    this.inNewScope(() => {
      const { list, terminator } = this.itemList();
      if (terminator.kind !== 'end') {
        this.fail(`unexpected {{else}} in ${context}`);
      }
      this.add(name, list);
    });
    return { kind: 'template', pos: token.pos, name, pipe };
  }

  private templateControl(): TemplateNode {
    const context = 'template clause';
    const token = this.nextNonSpace();
    const name = this.parseName(token, context);
    const after = this.nextNonSpace();
    if (after.type === 'rightDelimiter') {
      return { kind: 'template', pos: token.pos, name };
    }
    this.backup(after);
    return {
      kind: 'template',
      pos: token.pos,
      name,
      pipe: this.pipeline(context, 'rightDelimiter'),
    };
  }

  private pipeline(
    context: string,
    end: 'rightDelimiter' | 'rightParen',
  ): PipeNode {
    const pipe: PipeNode = {
      kind: 'pipe',
      pos: this.peekNonSpace().pos,
      assign: false,
      declarations: [],
      commands: [],
    };
    while (this.parseDeclaration(pipe, context)) {
      // the next variable of "range $index, $element := "
    }
    for (;;) {
      const token = this.nextNonSpace();
      if (token.type === end) {
        this.checkPipeline(pipe, context);
        return pipe;
      }
      switch (token.type) {
        case 'keyword':
          if (token.value !== 'nil') {
            this.unexpected(token, context);
          }
          break;
        case 'bool':
        case 'charConstant':
        case 'complex':
        case 'dot':
        case 'field':
        case 'identifier':
        case 'number':
        case 'rawString':
        case 'string':
        case 'variable':
        case 'leftParen':
          break;
        default:
          this.unexpected(token, context);
      }
      this.backup(token);
      pipe.commands.push(this.command());
    }
  }

  /** Reads "$name :=", "$name =" or "$name,"; true when another variable must follow. */
  private parseDeclaration(pipe: PipeNode, context: string): boolean {
    const variable = this.nextNonSpace();
    if (variable.type !== 'variable') {
      this.backup(variable);
      return false;
    }
    const after = this.next();
    const operator = after.type === 'space' ? this.nextNonSpace() : after;
    const isList = operator.type === 'char' && operator.value === ',';
    if (!isList && operator.type !== 'assign' && operator.type !== 'declare') {
      this.backup(operator);
      if (after !== operator) {
        this.backup(after);
      }
      this.backup(variable);
      return false;
    }
    pipe.declarations.push(variable.value);
    this.variables.push(variable.value);
    if (!isList) {
      pipe.assign = operator.type === 'assign';
      return false;
    }
    if (context === 'range' && pipe.declarations.length < 2) {
      const { type } = this.peekNonSpace();
      if (
        type === 'variable' ||
        type === 'rightDelimiter' ||
        type === 'rightParen'
      ) {
        return true;
      }
      this.fail('range can only initialize variables');
    }
    return this.fail(`too many declarations in ${context}`);
  }

  private checkPipeline(pipe: PipeNode, context: string): void {
    if (pipe.commands.length === 0) {
      this.fail(`missing value for ${context}`);
    }
    pipe.commands.slice(1).forEach((command, index) => {
      if (
        ['bool', 'dot', 'nil', 'number', 'string'].includes(
          command.args[0].kind,
        )
      ) {
        this.fail(`non executable command in pipeline stage ${index + 2}`);
      }
    });
  }

  private command(): CommandNode {
    const command: CommandNode = {
      kind: 'command',
      pos: this.peekNonSpace().pos,
      args: [],
    };
    for (;;) {
      this.peekNonSpace();
      const operand = this.operand();
      if (operand) {
        command.args.push(operand);
      }
      const token = this.next();
      if (token.type === 'space') {
        continue;
      }
      if (token.type === 'rightDelimiter' || token.type === 'rightParen') {
        this.backup(token);
      } else if (token.type !== 'pipe') {
        this.unexpected(token, 'operand');
      }
      break;
    }
    if (command.args.length === 0) {
      this.fail('empty command');
    }
    return command;
  }

  private operand(): ArgumentNode | undefined {
    const node = this.term();
    const first = this.peek();
    if (!node || first.type !== 'field') {
      return node;
    }
    const names: string[] = [];
    while (this.peek().type === 'field') {
      names.push(this.next().value.slice(1));
    }
    switch (node.kind) {
      case 'field':
      case 'variable':
        return { ...node, pos: first.pos, names: [...node.names, ...names] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.fail(`unexpected . after term`);
      default:
        return { kind: 'chain', pos: first.pos, node, names };
    }
  }

  private term(): ArgumentNode | undefined {
    const token = this.nextNonSpace();
    const { pos, value } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.hasFunction(value)) {
          this.fail(`function "${value}" not defined`);
        }
        return { kind: 'identifier', pos, name: value };
      case 'dot':
        return { kind: 'dot', pos };
      case 'keyword':
        if (value === 'nil') {
          return { kind: 'nil', pos };
        }
        break;
      case 'variable':
        return this.variable(token);
      case 'field':
        return { kind: 'field', pos, names: value.slice(1).split('.') };
      case 'bool':
        return { kind: 'bool', pos, value: value === 'true' };
      case 'charConstant':
      case 'complex':
      case 'number': {
        const number = parseNumberLiteral(pos, value, token.type);
        return typeof number === 'string' ? this.fail(number) : number;
      }
      case 'leftParen': {
        if (this.expressionDepth >= MAX_EXPRESSION_DEPTH) {
          this.fail('max expression depth exceeded');
        }
        this.expressionDepth++;
        const pipe = this.pipeline('parenthesized pipeline', 'rightParen');
        this.expressionDepth--;
        return pipe;
      }
      case 'string':
      case 'rawString':
        return {
          kind: 'string',
          pos,
          quoted: value,
          text: this.parseString(token),
        };
      default:
    }
    this.backup(token);
    return undefined;
  }

  private variable({ pos, value }: Token): ArgumentNode {
    const names = value.split('.');
    if (!this.variables.includes(names[0])) {
      this.fail(`undefined variable "${names[0]}"`);
    }
    return { kind: 'variable', pos, names };
  }
}

/**
 * Parses a template text and adds it, and what it defines, to a set.
 *
 * @param name - name of the template, shown in errors
 * @param hasFunction - the functions that the template may call
 * @throws GoTemplateError with the line of the first syntax error
 */
export function parseTemplate(
  name: string,
  text: string,
  hasFunction: (name: string) => boolean,
  set: TemplateSet = new Map(),
): ParsedTemplate {
  return new Parser(name, text, hasFunction, set).parse();
}
