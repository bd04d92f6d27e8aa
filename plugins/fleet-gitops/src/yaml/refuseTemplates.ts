import { isMap, isSeq } from 'yaml';
import { refusal, YamlSource } from './source';
import { hasTemplateEntries, holdsTemplate, isTemplate } from './templates';

/**
 * Refuses places that only look like YAML: what a template engine makes of them is not known.
 *
 * @param way - the nodes from the root to the target
 * @param wholeTarget - the target moves or goes as a whole, not one of its entries
 */
export function refuseTemplates(
  source: YamlSource,
  way: unknown[],
  wholeTarget: boolean,
): void {
  const { text } = source;
  if (!text.includes('{{')) return;
  const target = way[way.length - 1];
  const refused = way.find((node, depth) => {
    const isFlow = (isMap(node) || isSeq(node)) && node.flow;
    if (isTemplate(text, node) || (isFlow && holdsTemplate(text, node)))
      return true;
    if (node === target && wholeTarget && holdsTemplate(text, node))
      return true;
    // Entries come and go in the target, or beside it.
    const isChanged = wholeTarget
      ? depth >= way.length - 2
      : depth === way.length - 1;
    return isChanged && hasTemplateEntries(text, node);
  });
  if (refused === undefined) return;
  const start = (refused as { range?: number[] }).range?.[0] ?? 0;
  throw refusal(
    source,
    start,
    'template-syntax',
    'contains template syntax outside of a string',
    'Edit the template by hand; only plain YAML can be edited safely.',
  );
}
