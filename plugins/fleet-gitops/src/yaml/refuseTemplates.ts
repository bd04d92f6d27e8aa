import { isMap, isSeq } from 'yaml';
import { refusal, YamlSource } from './source';
import { hasTemplateEntries, holdsTemplate, isTemplate } from './templates';

/**
 * What an edit does with its target: change the value or its entries, put another value in its place, take it away with its
 * key, or name the key anew.
 */
export type TargetUse = 'edit' | 'replace' | 'remove' | 'rename';

/**
 * Refuses places that only look like YAML: what a template engine makes of them is not known.
 *
 * @param way - the nodes from the root to the target
 */
export function refuseTemplates(
  source: YamlSource,
  way: unknown[],
  use: TargetUse,
): void {
  const { text } = source;
  if (!text.includes('{{')) return;
  const target = way[way.length - 1];
  const refused = way.find((node, depth) => {
    if (node === target) {
      if (use === 'rename') return false;
      if (use === 'remove') return holdsTemplate(text, node, 'unless-whole');
      if (use === 'replace') return holdsTemplate(text, node);
    }
    const isFlow = (isMap(node) || isSeq(node)) && node.flow;
    if (isTemplate(text, node) || (isFlow && holdsTemplate(text, node)))
      return true;
    // Entries come and go in the target, or beside it. A key that is renamed stays where it is.
    const isChanged =
      use === 'remove' ? depth === way.length - 2 : depth === way.length - 1;
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
