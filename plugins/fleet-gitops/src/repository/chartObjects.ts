import { NotEvaluableError } from '../applicationset';
import { HelmError } from '../helm';
import type { Application, ApplicationSource } from '../model/argocd';
import { dependencies, isWithin } from '../sources/dependencies';
import type { ResolvedSource } from '../sources/helmValues';
import {
  HelmRelease,
  helmRelease,
  renderRelease,
  SourceFile,
} from '../sources/renderSource';
import {
  ArgoObjects,
  argoObjectsOf,
  countOf,
  mayDeclareArgoObjects,
} from './argoObjects';
import { embeddedArgoFiles } from './indexRepository';
import { normalized } from './namespaces';
import { parseManifests } from './manifests';

/** The Argo CD objects that a chart renders to, or why there are none. */
export type ChartObjects =
  | {
      status: 'ok';
      objects: ArgoObjects;
      /** Whether it renders objects of other kinds too. */
      hasOthers: boolean;
    }
  | { status: 'error'; message: string; file?: string }
  | { status: 'not-evaluable'; message: string; file?: string };

/** Rendered charts with all they were rendered from, by the Application that renders them. */
export type RenderedCharts = Map<
  string,
  { key: string; files: SourceFile[]; result: ChartObjects }
>;

/**
 * Whether the chart of a source can render Argo CD objects at all. A quick test that may say yes too often; without it
 * each service's chart would be rendered.
 */
export function mayRenderArgoObjects({
  source,
  repository,
  path,
  valueFiles,
}: ResolvedSource): boolean {
  const embedded = embeddedArgoFiles(repository);
  const places = [path, ...dependencies(repository, path)];
  for (const file of embedded)
    if (path === '' || isWithin(file, places)) return true;
  return (
    valueFiles.some(({ file, repository: other }) =>
      embeddedArgoFiles(other).has(file),
    ) ||
    (source.helm !== undefined && mayDeclareArgoObjects(inlineValues(source)))
  );
}

function inlineValues({ helm }: ApplicationSource): string {
  return `${helm?.values ?? ''}\n${JSON.stringify(helm?.valuesObject ?? '')}`;
}

/**
 * Renders the chart of an Application's source and takes the Argo CD objects out of it. One whose files and values are what
 * they were is not rendered again.
 *
 * @param before - what was rendered for the state before
 * @param now - where the answer is kept for the next state
 * @returns `undefined` for a chart that can render none
 */
export function chartObjects(
  application: Application,
  resolved: ResolvedSource,
  id: string,
  before: RenderedCharts | undefined,
  now: RenderedCharts,
): ChartObjects | undefined {
  if (!mayRenderArgoObjects(resolved)) return undefined;
  let release: HelmRelease;
  try {
    release = helmRelease(application, resolved);
  } catch (error) {
    return failure(error, resolved);
  }
  const { key, files } = release;
  const known = before?.get(id);
  const result =
    known && known.key === key && sameFiles(known.files, files)
      ? known.result
      : render(
          release,
          resolved,
          application.spec.destination?.namespace || undefined,
        );
  now.set(id, { key, files, result });
  return result;
}

function sameFiles(one: SourceFile[], other: SourceFile[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ file, text }, index) =>
        other[index].file === file && other[index].text === text,
    )
  );
}

/** What names no namespace gets the one that its Application goes to. */
function inNamespace(
  objects: ArgoObjects,
  namespace: string | undefined,
): ArgoObjects {
  return {
    ...objects,
    applications: objects.applications.map(declared => ({
      ...declared,
      object: normalized(declared.object, namespace),
    })),
    applicationSets: objects.applicationSets.map(declared => ({
      ...declared,
      object: normalized(declared.object, namespace),
    })),
  };
}

function render(
  release: HelmRelease,
  resolved: ResolvedSource,
  namespace: string | undefined,
): ChartObjects {
  try {
    const rendered = renderRelease(release);
    const objects = [...rendered].flatMap(([template, text]) => {
      if (template.endsWith('/NOTES.txt')) return [];
      const file = inRepository(template, resolved.path);
      const manifests = parseManifests(file, text);
      if (manifests.problem) {
        const { line, message } = manifests.problem;
        throw new HelmError(
          `line ${line} of what it renders is not valid YAML: ${message}`,
          { path: template },
        );
      }
      return manifests.objects;
    });
    const found = argoObjectsOf(objects);
    return {
      status: 'ok',
      objects: inNamespace(found, namespace),
      hasOthers: objects.length > countOf(found),
    };
  } catch (error) {
    return failure(error, resolved);
  }
}

/** `CHART/templates/app.yaml` as a path of the repository. */
function inRepository(template: string, path: string): string {
  const inChart = template.slice(template.indexOf('/') + 1);
  return path ? `${path}/${inChart}` : inChart;
}

function failure(error: unknown, { path }: ResolvedSource): ChartObjects {
  if (error instanceof NotEvaluableError)
    return { status: 'not-evaluable', message: error.message };
  if (!(error instanceof HelmError)) throw error;
  const { message, path: template, line, notEvaluable } = error;
  const file = template?.includes('/templates/')
    ? inRepository(template, path)
    : template;
  const place = file && line !== undefined ? `${file}:${line}: ` : '';
  return {
    status: notEvaluable ? 'not-evaluable' : 'error',
    message: `${place}${message}`,
    ...(file ? { file } : {}),
  };
}
