import { parseAllDocuments } from 'yaml';
import { evaluateApplicationSet } from '../../applicationset';
import { renderHelmChart } from '../../helm';
import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositoryLookup,
  RepositorySnapshot,
} from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import type { Declared } from '../../repository/types';
import { resolveSources } from '../../sources/helmValues';
import { sourcesOf } from '../../sources/version';
import { parseYaml } from '../../sources/yamlFiles';
import { isValues, mergeValues, Values, valuesWith } from './values';

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

/** The charts of a repository that have an Application among their templates. */
export function applicationCharts(
  repository: RepositorySnapshot,
): ApplicationChart[] {
  const directories = [...repository.files.keys()]
    .filter(file => file === 'Chart.yaml' || file.endsWith('/Chart.yaml'))
    .map(file => file.slice(0, -'Chart.yaml'.length))
    .sort();
  return directories.flatMap(prefix => {
    const files = new Map<string, string>();
    let found = false;
    for (const [file, text] of repository.files) {
      if (!file.startsWith(prefix)) continue;
      const path = file.slice(prefix.length);
      files.set(path, text);
      found ||=
        /^templates\/.*\.ya?ml$/.test(path) &&
        (IS_APPLICATION.test(text) || IS_APPLICATION_REVERSED.test(text));
    }
    return found ? [{ directory: prefix.replace(/\/$/, ''), files }] : [];
  });
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
  const rendered = renderHelmChart({
    chart: chart.files,
    valueFiles: instance.valueFiles.flatMap(
      file => repository.files.get(file) ?? [],
    ),
    set: mergeValues(instance.inline, overrides),
    release: instance.release,
  });
  return [...rendered].flatMap(([path, text]) => {
    const documents = parseAllDocuments(text, { merge: true });
    if ('empty' in documents) return [];
    return documents.flatMap(document => {
      const object = document.toJS() as Application | null;
      return object?.kind === 'Application' && object.metadata?.name
        ? [
            {
              application: { ...object, spec: object.spec ?? {} },
              template: path.slice(path.indexOf('templates/')),
            },
          ]
        : [];
    });
  });
}
