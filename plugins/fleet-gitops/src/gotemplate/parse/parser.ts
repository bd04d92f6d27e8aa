import { ExpressionParser } from './expressionParser';
import {
  BranchNode,
  ListNode,
  ParsedTemplate,
  StatementNode,
  TemplateNode,
  TemplateSet,
} from './nodes';

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
class Parser extends ExpressionParser {
  private rangeDepth = 0;

  constructor(
    source: string,
    text: string,
    hasFunction: (name: string) => boolean,
    private readonly set: TemplateSet,
  ) {
    super(source, text, hasFunction);
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
