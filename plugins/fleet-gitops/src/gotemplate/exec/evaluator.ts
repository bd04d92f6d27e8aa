import { valueText } from '../fmt/printf';
import {
  BranchNode,
  ListNode,
  ParsedTemplate,
  PipeNode,
  TemplateNode,
  TemplateSet,
} from '../parse/nodes';
import { sortedKeys } from '../values/order';
import { isTrue } from '../values/truth';
import {
  GoInteger,
  GoMap,
  GoObject,
  Value,
  int,
  isDict,
  mapEntries,
  sliceItems,
} from '../values/types';
import { ExpressionEvaluator } from './expressionEvaluator';
import { ExecutionOptions } from './options';

/** Upstream's limit of template calls within each other. */
const MAX_TEMPLATE_DEPTH = 100000;

type LoopSignal = 'break' | 'continue' | undefined;

/** Executes parsed templates as text/template/exec.go does. One instance executes one template once. */
export class Evaluator extends ExpressionEvaluator {
  private out = '';

  constructor(
    private readonly set: TemplateSet,
    template: ParsedTemplate,
    options: ExecutionOptions,
    data: Value,
    private readonly depth = 0,
  ) {
    super(template, options, data);
  }

  /** The text that the template renders to. */
  run(): string {
    if (this.depth > 0) {
      this.walkList(this.values[0], this.template.root);
      return this.out;
    }
    try {
      this.walkList(this.values[0], this.template.root);
    } catch (error) {
      // JavaScript's stack is smaller than upstream's limit; endless recursion ends in the same error.
      throw error instanceof RangeError
        ? this.error(
            `exceeded maximum template depth (${MAX_TEMPLATE_DEPTH})`,
            error,
          )
        : error;
    }
    return this.out;
  }

  private walkList(dot: Value, list: ListNode): LoopSignal {
    for (const node of list.nodes) {
      this.node = node;
      let signal: LoopSignal;
      switch (node.kind) {
        case 'text':
          this.out += node.text;
          break;
        case 'action': {
          const value = this.evalPipeline(dot, node.pipe);
          if (node.pipe.declarations.length === 0) {
            this.node = node;
            this.out +=
              value === undefined || value === null
                ? '<no value>'
                : valueText(value);
          }
          break;
        }
        case 'if':
        case 'with':
          signal = this.walkIfOrWith(dot, node);
          break;
        case 'range':
          this.walkRange(dot, node);
          break;
        case 'template':
          this.walkTemplate(dot, node);
          break;
        case 'list':
          signal = this.walkList(dot, node);
          break;
        default:
          return node.kind;
      }
      if (signal) {
        return signal;
      }
    }
    return undefined;
  }

  private walkIfOrWith(dot: Value, node: BranchNode): LoopSignal {
    const mark = this.names.length;
    const value = this.evalPipeline(dot, node.pipe);
    let signal: LoopSignal;
    if (isTrue(value)) {
      signal = this.walkList(node.kind === 'with' ? value : dot, node.list);
    } else if (node.elseList) {
      signal = this.walkList(dot, node.elseList);
    }
    this.pop(mark);
    return signal;
  }

  private walkRange(dot: Value, node: BranchNode): void {
    const outerMark = this.names.length;
    const value = this.evalPipeline(dot, node.pipe);
    const mark = this.names.length;
    let ran = false;
    /** Runs the body; false at `break`. */
    const iterate = (index: Value, element: Value): boolean => {
      ran = true;
      this.declareRangeVariables(node.pipe, index, element);
      const signal = this.walkList(element, node.list);
      this.pop(mark);
      return signal !== 'break';
    };
    this.iterate(value, node, iterate);
    if (!ran && node.elseList) {
      this.walkList(dot, node.elseList);
    }
    this.pop(outerMark);
  }

  private iterate(
    value: Value,
    node: BranchNode,
    body: (index: Value, element: Value) => boolean,
  ): void {
    if (value === undefined || value === null) {
      return;
    }
    const items = sliceItems(value);
    if (items) {
      for (let index = 0; index < items.length; index++) {
        if (!body(int(index), items[index])) {
          return;
        }
      }
      return;
    }
    if (value instanceof GoInteger) {
      if (node.pipe.declarations.length > 1) {
        this.fail(
          `can't use ${value.value} to iterate over more than one variable`,
        );
      }
      for (let count = 0n; count < value.value; count++) {
        if (!body(undefined, new GoInteger(value.type, count))) {
          return;
        }
      }
      return;
    }
    const entries =
      value instanceof GoObject ? value.entries() : mapRecord(value);
    if (!entries) {
      this.fail(`range can't iterate over ${valueText(value)}`);
    }
    for (const key of sortedKeys(entries!)) {
      if (!body(key, entries![key])) {
        return;
      }
    }
  }

  private declareRangeVariables(
    { declarations, assign }: PipeNode,
    index: Value,
    element: Value,
  ): void {
    if (declarations.length === 0) {
      return;
    }
    const both = declarations.length > 1;
    if (assign) {
      this.setVariable(declarations[0], both ? index : element);
      if (both) {
        this.setVariable(declarations[1], element);
      }
      return;
    }
    const top = this.values.length;
    this.values[top - 1] = element;
    if (both) {
      this.values[top - 2] = index;
    }
  }

  private walkTemplate(dot: Value, node: TemplateNode): void {
    const template = this.set.get(node.name);
    if (!template) {
      this.fail(`template "${node.name}" not defined`);
    }
    if (this.depth >= MAX_TEMPLATE_DEPTH) {
      this.fail(`exceeded maximum template depth (${MAX_TEMPLATE_DEPTH})`);
    }
    const data = node.pipe ? this.evalPipeline(dot, node.pipe) : undefined;
    this.out += new Evaluator(
      this.set,
      template!,
      this.options,
      data,
      this.depth + 1,
    ).run();
  }
}

function mapRecord(value: Value): Record<string, Value> | undefined {
  return value instanceof GoMap || isDict(value)
    ? mapEntries(value)
    : undefined;
}
