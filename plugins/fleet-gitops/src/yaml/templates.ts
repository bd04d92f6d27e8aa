import { isMap, isPair, isScalar, isSeq, Node, visit } from 'yaml';

/*
 * `{{ .x }}` is valid YAML, a map as key of a map, so a template may parse; it is never meant so. Inside quotes and inside
 * one line of plain text it is a string like any other (ApplicationSets are full of them).
 */

/** Whether a text has lines that only a template engine understands. */
export function hasTemplateLines(text: string): boolean {
  return /^[ \t]*(?:- )?\{\{/m.test(text);
}

/** Whether a node is template syntax, not what a reader makes of it. */
export function isTemplate(text: string, node: unknown): boolean {
  return isExpression(text, node) || spansTemplate(text, node);
}

/** `{{ .x }}` in the place of a value. */
function isExpression(text: string, node: unknown): boolean {
  return (
    isMap(node) &&
    node.flow === true &&
    text.startsWith('{{', node.range?.[0] ?? -1)
  );
}

/** Plain text that goes on with a line of the template: that line is none of its own. */
function spansTemplate(text: string, node: unknown): boolean {
  return (
    isScalar(node) &&
    node.type === 'PLAIN' &&
    /\n\s*\{\{/.test(text.slice(node.range![0], node.range![1]))
  );
}

/**
 * `{{ .x }}` on one line, which begins and ends nothing, unlike `{{ if .x }}`: it goes with the key that it is the value of.
 */
function isWholeExpression(text: string, node: unknown): boolean {
  if (!isExpression(text, node)) return false;
  const [start, end] = (node as { range: number[] }).range;
  return /^\{\{-?(?!\s*(?:if|else|end|range|with|define|block|break|continue)\b)[^\n{}]*\}\}$/.test(
    text.slice(start, end),
  );
}

/**
 * Whether template syntax stands anywhere in a node.
 *
 * @param mode - `unless-whole`: expressions on one line that stand for one value do not count
 */
export function holdsTemplate(
  text: string,
  node: unknown,
  mode?: 'unless-whole',
): boolean {
  if (!node || !text.includes('{{')) return false;
  let found = false;
  visit(node as Node, (_key, inner) => {
    if (mode && isWholeExpression(text, inner)) return visit.SKIP;
    found ||= isTemplate(text, inner);
    return found ? visit.BREAK : undefined;
  });
  return found;
}

/**
 * Whether the entries of a collection are not what they seem: one of them is a template expression on its own, or goes on
 * with a line of the template, so that it cannot be said where the next one belongs.
 */
export function hasTemplateEntries(text: string, node: unknown): boolean {
  if (!text.includes('{{') || !(isMap(node) || isSeq(node))) return false;
  if (node.flow) return holdsTemplate(text, node);
  return node.items.some(item =>
    isPair(item)
      ? isTemplate(text, item.key) || endsInTemplate(text, item.value)
      : endsInTemplate(text, item),
  );
}

/** Whether the last line of a node is one of the template. */
function endsInTemplate(text: string, node: unknown): boolean {
  if (isMap(node) && !isExpression(text, node)) {
    const last = node.items[node.items.length - 1];
    return last !== undefined && endsInTemplate(text, last.value ?? last.key);
  }
  if (isSeq(node))
    return endsInTemplate(text, node.items[node.items.length - 1]);
  return spansTemplate(text, node);
}
