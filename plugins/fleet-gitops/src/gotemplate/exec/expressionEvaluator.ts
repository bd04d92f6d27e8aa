import { FunctionError, GoTemplateError } from '../errors';
import { nodeText } from '../parse/nodeText';
import {
  ArgumentNode,
  ChainNode,
  CommandNode,
  FieldNode,
  IdentifierNode,
  Node,
  NumberNode,
  PipeNode,
  VariableNode,
} from '../parse/nodes';
import { isTrue } from '../values/truth';
import {
  GoMap,
  GoMethod,
  GoObject,
  Value,
  isDict,
  typeOf,
} from '../values/types';
import { ExecutionState } from './executionState';
import { constantValue, literalMismatch, literalOfType } from './literals';
import { typeText, zeroOfNillable } from './validateType';

/** "There is no piped argument"; undefined is a value that can be piped. */
const NO_FINAL = Symbol('no final argument');
type Final = Value | typeof NO_FINAL;

/** Evaluates pipelines, commands and their arguments (the eval functions of text/template/exec.go). */
export class ExpressionEvaluator extends ExecutionState {
  protected evalPipeline(dot: Value, pipe: PipeNode): Value {
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

  private constant(node: NumberNode): Value {
    this.node = node;
    return constantValue(node) ?? this.fail(`${node.text} overflows int`);
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
    if (type === 'any' || type === 'value') {
      return this.evalLiteral(dot, node);
    }
    const literal = literalOfType(node, type);
    return literal
      ? literal.value
      : this.fail(literalMismatch(type, nodeText(node)));
  }
}
