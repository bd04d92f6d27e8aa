import type { ApplicationSet, ApplicationSource } from '../../model/argocd';
import { normalizePath } from '../../sources/yamlFiles';

const EXPRESSION = /\{\{.*?\}\}/;

/** Matches what a template can render to: anything in the place of its expressions. */
function matcher(template: string): (text: string) => boolean {
  const parts = template
    .split(EXPRESSION)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`);
  return text => pattern.test(text);
}

function readsOf({ path, helm }: ApplicationSource): string[] {
  const directory = normalizePath(path ?? '');
  const inDirectory = (name: string) =>
    directory ? `${directory}/${name}` : name;
  const valueFiles = (helm?.valueFiles ?? []).map(name => {
    const reference = /^\$[^/]+\/(.*)$/.exec(name);
    if (reference) return normalizePath(reference[1]);
    return normalizePath(name.startsWith('/') ? name : inDirectory(name));
  });
  return path === undefined ? valueFiles : [...valueFiles, inDirectory('{{}}')];
}

/**
 * Whether Applications of an ApplicationSet can read one of these files as chart, manifest or value file, judged by its
 * template alone. May say yes too often, never no too often: what a chart or kustomization elsewhere includes does not hold
 * an Application's version.
 */
export function mayRead(
  { spec }: ApplicationSet,
  files: readonly string[],
): boolean {
  // Another template may say something else.
  const generators = JSON.stringify(spec.generators ?? []);
  if (spec.templatePatch || generators.includes('"template":')) return true;
  const { source, sources } = spec.template?.spec ?? {};
  const reads: string[] = (sources ?? [source ?? {}]).flatMap(readsOf);
  return reads.map(matcher).some(matches => files.some(matches));
}
