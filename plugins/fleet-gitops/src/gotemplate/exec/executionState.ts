import { FunctionError, GoTemplateError, NotEvaluableError } from '../errors';
import { nodeText } from '../parse/nodeText';
import { Node, ParsedTemplate } from '../parse/nodes';
import { byteLength } from '../values/goString';
import { Value } from '../values/types';
import { ExecutionOptions } from './options';
import { validateType } from './validateType';

/** Variables of an executing template, the node it is at, and errors that name that node. */
export class ExecutionState {
  protected readonly names: string[] = ['$'];
  protected readonly values: Value[];
  protected node: Node;

  constructor(
    protected readonly template: ParsedTemplate,
    protected readonly options: ExecutionOptions,
    data: Value,
  ) {
    this.values = [data];
    this.node = template.root;
  }

  protected error(reason: string, cause?: unknown): GoTemplateError {
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

  protected fail(reason: string): never {
    throw this.error(reason);
  }

  protected check(value: Value, type: string): Value {
    try {
      return validateType(value, type);
    } catch (error) {
      if (error instanceof FunctionError) {
        throw this.error(error.message);
      }
      throw error;
    }
  }

  protected pop(mark: number): void {
    this.names.length = mark;
    this.values.length = mark;
  }

  protected variableIndex(name: string): number {
    const index = this.names.lastIndexOf(name);
    return index < 0 ? this.fail(`undefined variable: ${name}`) : index;
  }

  protected setVariable(name: string, value: Value): void {
    this.values[this.variableIndex(name)] = value;
  }
}
