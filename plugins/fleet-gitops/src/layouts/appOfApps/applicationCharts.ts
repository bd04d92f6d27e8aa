import {
  evaluateApplicationSet,
  NotEvaluableError,
} from '../../applicationset';
import { HelmError, renderHelmChart, RenderHelmChartInput } from '../../helm';
import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import {
  embeddedArgoFiles,
  indexRepository,
} from '../../repository/indexRepository';
import { applicationsIn } from '../../repository/renderedApplications';
import type { Declared } from '../../repository/types';
import { dependencies } from '../../sources/dependencies';
import { filesBelow } from '../../sources/directoryFiles';
import { ResolvedSource, resolveSources } from '../../sources/helmValues';
import { helmRelease } from '../../sources/renderSource';
import { sourcesOf } from '../../sources/version';
import { parseYaml, readYamlFile } from '../../sources/yamlFiles';
import {
  isValues,
  mergeValues,
  valueAt,
  Values,
  valuesWith,
} from '../../sources/values';

/** A Helm chart whose templates are Applications. */
export interface ApplicationChart {
  /** Directory in the repository, without `/` at its end; empty for the root. */
  directory: string;
  /** Its files by path in it. */
  files: ReadonlyMap<string, string>;
}

/** What one cluster renders a chart with. */
export interface ChartInstance {
  /** What the instance's own file or Application is named for: usually the cluster. */
  token: string;
  /** Paths in the repository in the order in which they apply, without the chart's values.yaml; some may be missing. */
  valueFiles: string[];
  /** Values in the Application itself, which come last. */
  inline: Values;
  /** The Application that renders the chart, where a file declares it. */
  bootstrap?: Declared<Application>;
  labels: Record<string, string>;
  release: { name: string; namespace?: string };
  /** All that the Application renders the chart with; absent where Argo CD could not, or no Application is known. */
  input?: RenderHelmChartInput;
}

export interface RenderedApplication {
  application: Application;
  /** Path in the chart. */
  template: string;
}

const IS_APPLICATION =
  /^ *apiVersion:\s*["']?argoproj\.io\/[^]*^ *kind:\s*["']?Application["']?\s*$/m;
const IS_APPLICATION_REVERSED =
  /^ *kind:\s*["']?Application["']?\s*$[^]*^ *apiVersion:\s*["']?argoproj\.io\//m;

/**
 * Answers for the repository itself whatever the revision: a layout looks at one state of the files, and the clusters that
 * follow another branch or tag get the same ones when they are promoted.
 */
export function ownLookup(repository: RepositorySnapshot): RepositoryLookup {
  const url = normalizeRepositoryUrl(repository.url);
  return repoURL =>
    normalizeRepositoryUrl(repoURL) === url ? repository : undefined;
}

/** The outermost chart that has a file among its templates, or in one of its subcharts. */
function chartOf(
  file: string,
  { files }: RepositorySnapshot,
): string | undefined {
  for (const { index } of file.matchAll(/(?<=^|\/)(?:templates|charts)\//g)) {
    const prefix = file.slice(0, index);
    if (files.has(`${prefix}Chart.yaml`)) return prefix.replace(/\/$/, '');
  }
  return undefined;
}

/** A library chart renders nothing itself; the charts that depend on it do. */
function isLibrary(directory: string, repository: RepositorySnapshot): boolean {
  const chart = readYamlFile(
    repository,
    directory ? `${directory}/Chart.yaml` : 'Chart.yaml',
  );
  return chart?.type === 'library';
}

function dependents(library: string, repository: RepositorySnapshot): string[] {
  return [...repository.files].flatMap(([file, text]) => {
    const [, directory] = /^(?:(.*)\/)?Chart\.yaml$/.exec(file) ?? [];
    return text.includes('file://') &&
      dependencies(repository, directory ?? '').includes(library)
      ? [directory ?? '']
      : [];
  });
}

/** The charts of a repository that have an Application among their templates, or in a template that these include. */
export function applicationCharts(
  repository: RepositorySnapshot,
): ApplicationChart[] {
  const directories = new Set<string>();
  for (const file of embeddedArgoFiles(repository)) {
    const text = repository.files.get(file)!;
    if (!IS_APPLICATION.test(text) && !IS_APPLICATION_REVERSED.test(text))
      continue;
    const directory = chartOf(file, repository);
    if (directory === undefined) continue;
    const charts = isLibrary(directory, repository)
      ? dependents(directory, repository)
      : [directory];
    for (const chart of charts) directories.add(chart);
  }
  return [...directories].sort().map(directory => ({
    directory,
    files: filesBelow(repository, directory),
  }));
}

/** The clusters' instances of a chart: the Applications that render it, else the values files beside it. */
export function chartInstances(
  chart: ApplicationChart,
  repository: RepositorySnapshot,
): ChartInstance[] {
  const fromApplications = bootstraps(repository).flatMap(
    ({ application, declared }) => {
      const source = resolveSources(
        sourcesOf(application),
        ownLookup(repository),
      ).find(({ path }) => path === chart.directory);
      if (!source) return [];
      const defaults = pathIn(chart, 'values.yaml');
      const valueFiles = source.valueFiles
        .map(({ file }) => file)
        .filter(file => file !== defaults);
      const last = valueFiles[valueFiles.length - 1];
      const { metadata, spec } = application;
      return [
        {
          token: (last && tokenOf(last, chart)) ?? metadata.name,
          valueFiles,
          inline: inlineValues(source.source.helm),
          ...(declared ? { bootstrap: declared } : {}),
          labels: (metadata.labels ?? {}) as Record<string, string>,
          release: {
            name: source.source.helm?.releaseName ?? metadata.name,
            namespace: spec.destination?.namespace,
          },
          ...inputOf(application, source),
        },
      ];
    },
  );
  if (fromApplications.length > 0) return fromApplications;
  return [...chart.files.keys()].sort().flatMap(path => {
    const file = pathIn(chart, path);
    const token = tokenOf(file, chart);
    return token
      ? [
          {
            token,
            valueFiles: [file],
            inline: {},
            labels: {},
            release: { name: token },
          },
        ]
      : [];
  });
}

/** A values file that is missing yet, for example, leaves the others. */
function inputOf(
  application: Application,
  source: ResolvedSource,
): Pick<ChartInstance, 'input'> {
  try {
    return { input: helmRelease(application, source).input };
  } catch (error) {
    if (error instanceof HelmError || error instanceof NotEvaluableError)
      return {};
    throw error;
  }
}

export function pathIn(chart: ApplicationChart, path: string): string {
  return chart.directory ? `${chart.directory}/${path}` : path;
}

/** The cluster's name in a values file's: `values.eu-prod.yaml`, `values-eu-prod.yaml`, `clusters/eu-prod.yaml`, `clusters/eu-prod/values.yaml`. */
function tokenOf(file: string, chart: ApplicationChart): string | undefined {
  const path = file.startsWith(`${chart.directory}/`)
    ? file.slice(chart.directory.length + 1)
    : file;
  const match =
    /^(?:.*\/)?values[.-]([^/]+)\.ya?ml$/.exec(path) ??
    /^(?:.*\/)?(?:values|clusters|environments|envs)\/([^/]+?)(?:\/values)?\.ya?ml$/.exec(
      path,
    );
  return match?.[1];
}

/** The Applications that files declare, and those that ApplicationSets make of the clusters in Git. */
function bootstraps(
  repository: RepositorySnapshot,
): Array<{ application: Application; declared?: Declared<Application> }> {
  const { applications, applicationSets, clusters } =
    indexRepository(repository);
  const hub = { clusters, repositories: ownLookup(repository) };
  return [
    ...applications.map(declared => ({
      application: declared.object,
      declared,
    })),
    ...applicationSets.flatMap(({ object }) => {
      const evaluation = evaluateApplicationSet(object, hub);
      return evaluation.status === 'ok'
        ? evaluation.applications.map(({ application }) => ({ application }))
        : [];
    }),
  ];
}

/** Values that stand in the Application. Source: Argo CD `docs/user-guide/helm.md`, "Helm Value Precedence". */
function inlineValues(
  helm: NonNullable<Application['spec']['source']>['helm'] = {},
): Values {
  const { values, valuesObject, parameters = [] } = helm;
  const object: unknown = valuesObject ?? parseYaml(values);
  return parameters
    .filter(({ name }) => /^[A-Za-z0-9_.-]+$/.test(name))
    .reduce<Values>(
      (merged, { name, value, forceString }) =>
        mergeValues(
          merged,
          valuesWith(
            name.split('.'),
            !forceString && /^(true|false)$/.test(value)
              ? value === 'true'
              : value,
          ),
        ),
      isValues(object) ? object : {},
    );
}

/**
 * The Applications that a chart renders to for one of its instances.
 *
 * @param overrides - values over all others
 * @throws `HelmError` where the chart cannot be rendered
 */
export function renderApplications(
  chart: ApplicationChart,
  instance: ChartInstance,
  repository: RepositorySnapshot,
  overrides: Values = {},
): RenderedApplication[] {
  const input: RenderHelmChartInput = instance.input ?? {
    chart: chart.files,
    valueFiles: instance.valueFiles.flatMap(
      file => repository.files.get(file) ?? [],
    ),
    set: instance.inline,
    release: instance.release,
  };
  const rendered = renderHelmChart({
    ...input,
    set: mergeValues((input.set ?? {}) as Values, overrides),
    // Parameters would come over what is tried out.
    parameters: input.parameters?.filter(
      ({ name }) => valueAt(overrides, name.split('.')) === undefined,
    ),
  });
  return [...rendered].flatMap(([path, text]) =>
    applicationsIn(text).map(application => ({
      application,
      template: path.slice(path.indexOf('templates/')),
    })),
  );
}
