import { FunctionError, GoTemplateError, NotEvaluableError } from '../errors';
import { valueText } from '../fmt/printf';
import { FunctionContext, GoFunction } from '../functions/types';
import { nodeText } from '../parse/nodeText';
import {
  ArgumentNode,
  BranchNode,
  ChainNode,
  CommandNode,
  FieldNode,
  IdentifierNode,
  ListNode,
  Node,
  NumberNode,
  ParsedTemplate,
  PipeNode,
  TemplateNode,
  TemplateSet,
  VariableNode,
} from '../parse/nodes';
import { byteLength } from '../values/goString';
import { sortedKeys } from '../values/order';
import { isTrue } from '../values/truth';
import {
  GoInteger,
  GoMap,
  GoMethod,
  GoObject,
  Value,
  int,
  isDict,
  mapEntries,
  sliceItems,
  typeOf,
} from '../values/types';
import { typeText, validateType, zeroOfNillable } from './validateType';

/** What a field that a map does not have evaluates to. */
export type MissingKey = 'invalid' | 'zero' | 'error';

export interface ExecutionOptions {
  missingKey: MissingKey;
  functions: ReadonlyMap<string, GoFunction>;
  context: FunctionContext;
}

/** Upstream's limit of template calls within each other. */
const MAX_TEMPLATE_DEPTH = 100000;

/** "There is no piped argument"; undefined is a value that can be piped. */
const NO_FINAL = Symbol('no final argument');
type Final = Value | typeof NO_FINAL;

type LoopSignal = 'break' | 'continue' | undefined;

/** Executes parsed templates as text/template/exec.go does. One instance executes one template once. */
export class Evaluator {
  private out = '';
  private names: string[];
  private values: Value[];
  private node: Node;

  constructor(
    private readonly set: TemplateSet,
    private readonly template: ParsedTemplate,
    private readonly options: ExecutionOptions,
    data: Value,
    private readonly depth = 0,
  ) {
    this.names = ['$'];
    this.values = [data];
    this.node = template.root;
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

  private error(reason: string, cause?: unknown): GoTemplateError {
    const { source, text, name } = this.template;
    const before = text.slice(0, this.node.pos);
    const line = before.split('\n').length;
    const error = new GoTemplateError(
      'execute',
      {
        template: source,
        executing: name,
        line,
        column: byteLength(before.slice(before.lastIndexOf('\n') + 1)),
        action: nodeText(this.node),
      },
      reason,
      { cause, notEvaluable: cause instanceof NotEvaluableError },
    );
    return error;
  }

  private fail(reason: string): never {
    throw this.error(reason);
  }

  private check(value: Value, type: string): Value {
    try {
      return validateType(value, type);
    } catch (error) {
      if (error instanceof FunctionError) {
        throw this.error(error.message);
      }
      throw error;
    }
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

  private pop(mark: number): void {
    this.names.length = mark;
    this.values.length = mark;
  }

  private variableIndex(name: string): number {
    const index = this.names.lastIndexOf(name);
    return index < 0 ? this.fail(`undefined variable: ${name}`) : index;
  }

  private setVariable(name: string, value: Value): void {
    this.values[this.variableIndex(name)] = value;
  }

  private evalPipeline(dot: Value, pipe: PipeNode): Value {
    this.node = pipe;
    let final: Final = NO_FINAL;
    for (const command of pipe.commands) {
      // A nil interface at the end of a command is no value.
      final = this.evalCommand(dot, command, final) ?? undefined;
    }
    const value = final as Value;
    for (const name of pipe.declarations) {
      if (pipe.assign) {
        this.setVariable(name, value);
      } else {
        this.names.push(name);
        this.values.push(value);
      }
    }
    return value;
  }

  private rejectArguments(args: readonly ArgumentNode[], final: Final): void {
    if (args.length > 1 || final !== NO_FINAL) {
      this.fail(`can't give argument to non-function ${nodeText(args[0])}`);
    }
  }

  private evalCommand(dot: Value, command: CommandNode, final: Final): Value {
    const { args } = command;
    const first = args[0];
    switch (first.kind) {
      case 'field':
        return this.evalField(dot, first, args, final);
      case 'chain':
        return this.evalChain(dot, first, args, final);
      case 'identifier':
        return this.evalFunction(dot, first, command, args, final);
      case 'variable':
        return this.evalVariable(dot, first, args, final);
      case 'pipe':
        this.rejectArguments(args, final);
        return this.evalPipeline(dot, first);
      default:
    }
    this.node = first;
    this.rejectArguments(args, final);
    return first.kind === 'nil'
      ? this.fail('nil is not a command')
      : this.evalLiteral(dot, first);
  }

  private evalLiteral(dot: Value, node: ArgumentNode): Value {
    switch (node.kind) {
      case 'bool':
        return node.value;
      case 'dot':
        return dot;
      case 'number':
        return this.constant(node);
      case 'string':
        return node.text;
      default:
        return this.fail(`can't evaluate command "${nodeText(node)}"`);
    }
  }

  /** The type Go gives to an untyped number: float64 with a point or exponent, else int. */
  private constant(node: NumberNode): Value {
    this.node = node;
    const { text, isChar, integer, float } = node;
    const isHexInteger = /^0[xX]/.test(text) && !/[pP]/.test(text);
    if (
      float !== undefined &&
      !isHexInteger &&
      !isChar &&
      /[.eEpP]/.test(text)
    ) {
      return float;
    }
    return integer === undefined
      ? this.fail(`${text} overflows int`)
      : int(integer);
  }

  private evalField(
    dot: Value,
    node: FieldNode,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    this.node = node;
    return this.evalNames(dot, dot, node, node.names, 0, args, final);
  }

  private evalChain(
    dot: Value,
    node: ChainNode,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    this.node = node;
    const receiver = this.evalArgument(dot, 'value', node.node);
    return this.evalNames(dot, receiver, node, node.names, 0, args, final);
  }

  private evalVariable(
    dot: Value,
    node: VariableNode,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    this.node = node;
    const value = this.values[this.variableIndex(node.names[0])];
    if (node.names.length === 1) {
      if (args.length > 0) {
        this.rejectArguments(args, final);
      }
      return value;
    }
    return this.evalNames(dot, value, node, node.names, 1, args, final);
  }

  private evalNames(
    dot: Value,
    start: Value,
    node: Node,
    names: readonly string[],
    first: number,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    let receiver = start;
    const last = names.length - 1;
    for (let index = first; index < last; index++) {
      receiver = this.evalName(dot, names[index], node, [], NO_FINAL, receiver);
    }
    return this.evalName(dot, names[last], node, args, final, receiver);
  }

  private evalName(
    dot: Value,
    name: string,
    node: Node,
    args: readonly ArgumentNode[],
    final: Final,
    receiver: Value,
  ): Value {
    if (receiver === undefined) {
      return this.options.missingKey === 'error'
        ? this.fail(`nil data; no entry for key "${name}"`)
        : undefined;
    }
    if (receiver === null) {
      this.fail(`nil pointer evaluating interface {}.${name}`);
    }
    const hasArguments = args.length > 1 || final !== NO_FINAL;
    if (isDict(receiver)) {
      return this.mapEntry(receiver, null, name, hasArguments);
    }
    if (receiver instanceof GoMap) {
      return this.mapEntry(
        receiver.entries,
        receiver.zeroElement,
        name,
        hasArguments,
      );
    }
    if (receiver instanceof GoObject) {
      const method = receiver.method(name);
      if (method) {
        return this.callMethod(dot, method, node, name, args, final);
      }
      const field = receiver.field(name);
      if (field) {
        return hasArguments
          ? this.fail(`${name} has arguments but cannot be invoked as function`)
          : field.value;
      }
      if (receiver.kind === 'map') {
        return this.mapEntry({}, null, name, hasArguments);
      }
    }
    return this.fail(
      `can't evaluate field ${name} in type ${typeOf(receiver)}`,
    );
  }

  private mapEntry(
    entries: Record<string, Value>,
    zeroElement: Value,
    name: string,
    hasArguments: boolean,
  ): Value {
    if (hasArguments) {
      this.fail(`${name} is not a method but has arguments`);
    }
    const value = entries[name];
    if (value !== undefined && Object.hasOwn(entries, name)) {
      return value;
    }
    switch (this.options.missingKey) {
      case 'zero':
        return zeroElement;
      case 'error':
        return this.fail(`map has no entry for key "${name}"`);
      default:
        return undefined;
    }
  }

  private evalFunction(
    dot: Value,
    node: IdentifierNode,
    command: Node,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    this.node = node;
    const definition = this.options.functions.get(node.name);
    if (!definition) {
      return this.fail(`"${node.name}" is not a defined function`);
    }
    if (node.name === 'and' || node.name === 'or') {
      return this.evalAndOr(dot, node.name, args, final);
    }
    const values = this.evalArguments(dot, node.name, definition, args, final);
    return this.invoke(
      () => definition.call(values, this.options.context),
      command,
      node.name,
    );
  }

  /** `and` and `or` evaluate their arguments only until the result is known. */
  private evalAndOr(
    dot: Value,
    name: 'and' | 'or',
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    if (args.length < 2 && final === NO_FINAL) {
      this.fail(`wrong number of args for ${name}: want at least 1 got 0`);
    }
    let value: Value;
    for (let index = 1; index < args.length; index++) {
      value = this.evalArgument(dot, 'value', args[index]);
      if (isTrue(value) === (name === 'or')) {
        return value;
      }
    }
    return final === NO_FINAL ? value : final;
  }

  private callMethod(
    dot: Value,
    method: GoMethod,
    node: Node,
    name: string,
    args: readonly ArgumentNode[],
    final: Final,
  ): Value {
    const values = this.evalArguments(dot, name, method, args, final);
    return this.invoke(() => method.call(...values), node, name);
  }

  /** Evaluates the arguments (all but the first of `args`, then the piped one) for a signature. */
  private evalArguments(
    dot: Value,
    name: string,
    {
      parameters,
      variadic,
    }: { parameters: readonly string[]; variadic?: string },
    args: readonly ArgumentNode[],
    final: Final,
  ): Value[] {
    const given = Math.max(args.length - 1, 0);
    const count = given + (final === NO_FINAL ? 0 : 1);
    if (variadic === undefined) {
      if (count !== parameters.length) {
        this.fail(
          `wrong number of args for ${name}: want ${parameters.length} got ${count}`,
        );
      }
    } else if (count < parameters.length) {
      this.fail(
        `wrong number of args for ${name}: want at least ${parameters.length} got ${given}`,
      );
    }
    const values = new Array<Value>(count);
    for (let index = 0; index < given; index++) {
      values[index] = this.evalArgument(
        dot,
        parameters[index] ?? variadic!,
        args[index + 1],
      );
    }
    if (final !== NO_FINAL) {
      values[given] = this.check(final, parameters[given] ?? variadic!);
    }
    return values;
  }

  private invoke(call: () => Value, node: Node, name: string): Value {
    try {
      return call();
    } catch (error) {
      if (error instanceof FunctionError) {
        this.node = node;
        throw this.error(`error calling ${name}: ${error.message}`, error);
      }
      if (error instanceof GoTemplateError) {
        // A function that executes a template (include, tpl).
        this.node = node;
        throw this.error(`error calling ${name}: ${error.message}`, error);
      }
      throw error;
    }
  }

  private evalArgument(dot: Value, type: string, node: ArgumentNode): Value {
    this.node = node;
    switch (node.kind) {
      case 'dot':
        return this.check(dot, type);
      case 'nil': {
        const zero = zeroOfNillable(type);
        return zero
          ? zero.value
          : this.fail(`cannot assign nil to ${typeText(type)}`);
      }
      case 'field':
        return this.check(this.evalField(dot, node, [], NO_FINAL), type);
      case 'variable':
        return this.check(this.evalVariable(dot, node, [], NO_FINAL), type);
      case 'pipe':
        return this.check(this.evalPipeline(dot, node), type);
      case 'identifier':
        return this.check(
          this.evalFunction(dot, node, node, [], NO_FINAL),
          type,
        );
      case 'chain':
        return this.check(this.evalChain(dot, node, [], NO_FINAL), type);
      default:
        return this.evalLiteralArgument(dot, type, node);
    }
  }

  private evalLiteralArgument(
    dot: Value,
    type: string,
    node: ArgumentNode,
  ): Value {
    switch (type) {
      case 'any':
      case 'value':
        return this.evalLiteral(dot, node);
      case 'bool':
        return node.kind === 'bool'
          ? node.value
          : this.fail(`expected bool; found ${nodeText(node)}`);
      case 'string':
        return node.kind === 'string'
          ? node.text
          : this.fail(`expected string; found ${nodeText(node)}`);
      case 'float64':
        return node.kind === 'number' && node.float !== undefined
          ? node.float
          : this.fail(`expected float; found ${nodeText(node)}`);
      case 'int':
        return node.kind === 'number' && node.integer !== undefined
          ? Number(node.integer)
          : this.fail(`expected integer; found ${nodeText(node)}`);
      case 'uint32':
        return node.kind === 'number' && node.unsigned !== undefined
          ? Number(BigInt.asUintN(32, node.unsigned))
          : this.fail(`expected unsigned integer; found ${nodeText(node)}`);
      default:
        return this.fail(
          `can't handle ${nodeText(node)} for arg of type ${typeText(type)}`,
        );
    }
  }
}

function mapRecord(value: Value): Record<string, Value> | undefined {
  return value instanceof GoMap || isDict(value)
    ? mapEntries(value)
    : undefined;
}
