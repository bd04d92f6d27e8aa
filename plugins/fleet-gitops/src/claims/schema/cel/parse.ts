import { Environment, ASTNode } from '@marcbachmann/cel-js';
import { NotSupported } from './errors';

/** A node of a parsed expression. */
export type Node = ASTNode;

const parser = new Environment({ enableOptionalTypes: true });
const LITERAL =
  /([rRbB]{0,2})(?:"""[^]*?"""|'''[^]*?'''|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')/g;

/**
 * Parses an expression. Of the library only the parser is used: what its evaluation answers differs from cel-go's in numbers,
 * texts beyond ASCII, times, lists of several types and regular expressions.
 *
 * @throws `NotSupported` where it cannot be read
 */
export function parse(expression: string): Node {
  // In a raw text a backslash is a character like any other; the parser takes it and the quote behind it for one.
  for (const [, prefix, double, single] of expression.matchAll(LITERAL))
    if (/r/i.test(prefix) && /\\["']/.test(double ?? single ?? ''))
      throw new NotSupported('a raw string with a backslash before a quote');
  try {
    return parser.parse(expression).ast;
  } catch (error) {
    const { summary, message } = error as Error & { summary?: string };
    throw new NotSupported(summary ?? message);
  }
}

/** Whether an expression reads a variable. */
export function reads(expression: string, variable: string): boolean {
  return [...nodesOf(parse(expression))].some(
    ({ op, args }) => op === 'id' && args === variable,
  );
}

/** A node and all below it. */
export function* nodesOf(node: unknown): Generator<Node> {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one);
  else if (typeof node === 'object' && node !== null && 'op' in node) {
    yield node as Node;
    yield* nodesOf((node as Node).args);
  }
}
