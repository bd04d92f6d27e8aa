import { NotEvaluableError } from '../applicationset';
import { HelmError, renderHelmChart, RenderHelmChartInput } from '../helm';
import { DEFAULT_CAPABILITIES } from '../helm/capabilities';
import type { Application } from '../model/argocd';
import { buildEnvironment } from './buildEnvironment';
import { filesBelow } from './directoryFiles';
import { withoutIgnored } from './helmIgnore';
import type { ResolvedSource } from './helmValues';
import { normalizePath, readYamlFile } from './yamlFiles';

/** A file that a source is rendered from. */
export interface SourceFile {
  /** In its repository. */
  file: string;
  text: string;
}

/** What a chart is rendered with, and all that the answer depends on. */
export interface HelmRelease {
  input: RenderHelmChartInput;
  /** The same for the same answer, together with the contents of `files`. */
  key: string;
  files: SourceFile[];
}

/**
 * How Argo CD renders the chart of an Application's source: value files, then `values` or `valuesObject`, then parameters
 * and file parameters.
 *
 * Source: Argo CD `reposerver/repository/repository.go`, `helmTemplate`.
 *
 * @throws HelmError where a value file is missing, NotEvaluableError where something is not in the repository
 */
export function helmRelease(
  application: Application,
  resolved: ResolvedSource,
): HelmRelease {
  const { source, repository, path } = resolved;
  const { helm = {} } = source;
  const substitute = buildEnvironment(application, source, repository.sha);
  const files: SourceFile[] = [];
  const chart = withoutIgnored(filesBelow(repository, path));
  addLocalDependencies(chart, resolved);
  for (const [name, text] of filesRead(chart))
    files.push({ file: path ? `${path}/${name}` : name, text });

  const remote = helm.valueFiles?.find(name => /^https?:\/\//i.test(name));
  if (remote !== undefined)
    throw new NotEvaluableError(`value file ${remote} is not in Git`);
  if (resolved.valueFiles.length < (helm.valueFiles?.length ?? 0))
    throw new NotEvaluableError(
      'a value file is in a repository or revision that is not known',
    );
  const valueFiles: string[] = [];
  for (const { file, repository: other } of resolved.valueFiles) {
    const name = substitute(file);
    const text = other.files.get(name);
    if (text !== undefined) {
      valueFiles.push(text);
      files.push({ file: name, text });
    } else if (!helm.ignoreMissingValueFiles) {
      throw new HelmError(`value file ${name} does not exist`, { path: name });
    }
  }
  // `valuesObject` takes the place of `values` where both are given.
  const set = helm.valuesObject;
  if (set === undefined && helm.values) valueFiles.push(helm.values);
  const parameters = [
    ...(helm.parameters ?? []).map(parameter => ({
      ...parameter,
      value: substitute(String(parameter.value)),
    })),
    ...fileParameters(resolved, files),
  ];
  const { kubeVersion, apiVersions } = helm;
  const release = {
    name: helm.releaseName || application.metadata.name,
    namespace:
      helm.namespace || application.spec.destination?.namespace || 'default',
  };
  const capabilities = {
    ...(kubeVersion
      ? { kubeVersion: `v${String(kubeVersion).replace(/^v/, '')}` }
      : {}),
    ...(Array.isArray(apiVersions) && apiVersions.length > 0
      ? {
          apiVersions: [
            ...DEFAULT_CAPABILITIES.apiVersions,
            ...apiVersions.map(String),
          ],
        }
      : {}),
  };
  return {
    input: { chart, valueFiles, set, parameters, release, capabilities },
    key: JSON.stringify([
      path,
      resolved.valueFiles.map(({ file }) => file),
      helm.values,
      set,
      parameters,
      release,
      capabilities,
    ]),
    files,
  };
}

/** The files of a chart that its templates can depend on: others only where they ask for `.Files`. */
function filesRead(chart: ReadonlyMap<string, string>) {
  const isTemplate = (name: string) => /(^|\/)templates\//.test(name);
  const all = [...chart];
  if (all.some(([name, text]) => isTemplate(name) && text.includes('Files')))
    return all;
  return all.filter(
    ([name]) =>
      name.startsWith('charts/') ||
      isTemplate(name) ||
      /^(Chart|requirements)\.|^values\.(yaml|schema\.json)$/.test(name),
  );
}

/** Charts named with `file://` take their place in `charts/`, as `helm dependency build` puts them. */
function addLocalDependencies(
  chart: Map<string, string>,
  { repository, path }: ResolvedSource,
): void {
  const prefix = path ? `${path}/` : '';
  const dependencies = readYamlFile(
    repository,
    `${prefix}Chart.yaml`,
  )?.dependencies;
  if (!Array.isArray(dependencies)) return;
  for (const dependency of dependencies) {
    const name = String(dependency?.name ?? '');
    const vendored = [...chart.keys()].some(
      file =>
        file.startsWith(`charts/${name}/`) ||
        (file.startsWith(`charts/${name}-`) && file.endsWith('.tgz')),
    );
    if (vendored || !name) continue;
    const location = String(dependency.repository ?? '');
    if (!location.startsWith('file://'))
      throw new NotEvaluableError(
        `dependency ${name} of the chart ${path || '.'} comes from ${
          location || 'a repository that is not named'
        } and is not in Git`,
      );
    const directory = normalizePath(prefix + location.slice('file://'.length));
    for (const [file, text] of withoutIgnored(
      filesBelow(repository, directory),
    ))
      chart.set(`charts/${name}/${file}`, text);
  }
}

function fileParameters(
  { source, repository, path }: ResolvedSource,
  files: SourceFile[],
) {
  const parameters: Array<{ name: string; path: string }> =
    source.helm?.fileParameters ?? [];
  return parameters.map(parameter => {
    const file = normalizePath(
      parameter.path.startsWith('/')
        ? parameter.path
        : `${path}/${parameter.path}`,
    );
    const text = repository.files.get(file);
    if (text === undefined)
      throw new HelmError(
        `file ${file} of parameter ${parameter.name} does not exist`,
        { path: file },
      );
    files.push({ file, text });
    return { name: parameter.name, value: text, literal: true };
  });
}

/** Renders a release. */
export function renderRelease({ input }: HelmRelease): Map<string, string> {
  return renderHelmChart(input);
}
