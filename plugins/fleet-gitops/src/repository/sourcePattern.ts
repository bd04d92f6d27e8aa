import type { ApplicationSet, ApplicationSource } from '../model/argocd';
import type { RepositorySnapshot } from '../model/repository';
import { normalizePath } from '../sources/yamlFiles';
import { mayDeclareArgoObjects } from './argoObjects';
import { embeddedArgoFiles } from './indexRepository';

/** Matches a text in which any text may stand in the place of each template expression. */
function pattern(text: string, before: string, after: string): RegExp {
  const parts = text
    .split(/\{\{.*?\}\}/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${before}${parts.join('.*')}${after}`);
}

/**
 * Whether Applications of an ApplicationSet can have a chart that renders further Argo CD objects, judged by its template
 * alone: then it must be evaluated to know them. May say yes too often.
 */
export function mayMakeArgoObjects(
  { spec }: ApplicationSet,
  repository: RepositorySnapshot,
): boolean {
  const template = spec.template?.spec ?? {};
  const sources: ApplicationSource[] = template.sources ?? [
    template.source ?? {},
  ];
  if (
    sources.some(
      ({ helm }) => helm && mayDeclareArgoObjects(JSON.stringify(helm)),
    )
  )
    return true;
  const embedded = embeddedArgoFiles(repository);
  if (embedded.size === 0) return false;
  // Another template may say something else.
  if (
    spec.templatePatch ||
    JSON.stringify(spec.generators ?? []).includes('"template":')
  )
    return true;
  const files = [...embedded];
  return sources.some(({ path, helm }) => {
    if (path === undefined) return false;
    const directory = normalizePath(path);
    const below = pattern(directory, '^', directory === '' ? '' : '/');
    if (files.some(file => below.test(file))) return true;
    return (helm?.valueFiles ?? []).some(name => {
      const last = pattern(name.slice(name.lastIndexOf('/') + 1), '(^|/)', '$');
      return files.some(file => last.test(file));
    });
  });
}
