import type { ApplicationSet } from '../../model/argocd';
import type { YamlPath } from '../../yaml';

/** A generator that yields parameters of its own, wherever it stands in a matrix or merge. */
export interface GeneratorLeaf {
  /** `list`, `clusters`, `git`, … */
  kind: string;
  spec: any;
  /** In the ApplicationSet, for example `['spec', 'generators', 0, 'matrix', 'generators', 1, 'list']`. */
  path: YamlPath;
  /** The combinations around it, the outermost first. */
  within: Array<'matrix' | 'merge'>;
  /** Of the merge around it. */
  mergeKeys?: string[];
}

const NO_LEAVES = new Set(['matrix', 'merge', 'selector', 'template']);

/**
 * The generators of an ApplicationSet without those that only combine others, in order.
 *
 * @param path - of one of its generators, for example `spec.generators[0].matrix`; default: all
 */
export function generatorLeaves(
  { spec }: ApplicationSet,
  path?: string,
): GeneratorLeaf[] {
  const found: GeneratorLeaf[] = [];
  const walk = (
    generators: unknown,
    at: Array<string | number>,
    within: GeneratorLeaf['within'],
    mergeKeys?: string[],
  ) => {
    if (!Array.isArray(generators)) return;
    for (const [index, generator] of generators.entries()) {
      if (!generator || typeof generator !== 'object') continue;
      const here = [...at, index];
      for (const [kind, value] of Object.entries<any>(generator)) {
        if (!NO_LEAVES.has(kind) && value && typeof value === 'object')
          found.push({
            kind,
            spec: value,
            path: [...here, kind],
            within,
            ...(mergeKeys ? { mergeKeys } : {}),
          });
      }
      const { matrix, merge } = generator;
      walk(
        matrix?.generators,
        [...here, 'matrix', 'generators'],
        [...within, 'matrix'],
        mergeKeys,
      );
      walk(
        merge?.generators,
        [...here, 'merge', 'generators'],
        [...within, 'merge'],
        merge?.mergeKeys,
      );
    }
  };
  walk(spec.generators, ['spec', 'generators'], []);
  const prefix = path && pathText(path);
  return prefix
    ? found.filter(leaf => `${dotted(leaf.path)}.`.startsWith(prefix))
    : found;
}

function pathText(path: string): string {
  return `${path.replace(/\[(\d+)\]/g, '.$1')}.`;
}

function dotted(path: YamlPath): string {
  return path.join('.');
}

/** The layouts that are made of ApplicationSets. */
export type ApplicationSetLayout =
  | 'cluster-generator'
  | 'git-generator'
  | 'list-generator'
  | 'matrix-merge';

/** Which layout an ApplicationSet belongs to, by the kinds of its generators; `undefined` for others (scmProvider, …). */
export function layoutOfApplicationSet(
  applicationSet: ApplicationSet,
): ApplicationSetLayout | undefined {
  const leaves = generatorLeaves(applicationSet);
  const has = (kind: string) => leaves.some(leaf => leaf.kind === kind);
  if (leaves.some(({ within }) => within.includes('merge')))
    return 'matrix-merge';
  if (has('git')) return 'git-generator';
  if (leaves.some(({ within }) => within.length > 0)) return 'matrix-merge';
  if (has('list')) return 'list-generator';
  return has('clusters') ? 'cluster-generator' : undefined;
}
