import { Token } from './tokens';
import { ArgumentNode, CommandNode, PipeNode } from './nodes';
import { parseNumberLiteral } from './number';
import { TokenStream } from './tokenStream';

const MAX_EXPRESSION_DEPTH = 10000;

/** Parser for what stands inside an action: pipelines, commands and operands. */
export class ExpressionParser extends TokenStream {
  protected variables = ['$'];
  protected expressionDepth = 0;

  constructor(
    source: string,
    text: string,
    private readonly hasFunction: (name: string) => boolean,
  ) {
    super(source, text);
  }

  protected pipeline(
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
