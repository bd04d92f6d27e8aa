import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import { HelmError } from '../../helm';
import type { Application } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import type {
  DeclaredCluster,
  RepositoryProblem,
} from '../../repository/types';
import {
  ApplicationChart,
  applicationCharts,
  ChartInstance,
  chartInstances,
  pathIn,
  RenderedApplication,
  renderApplications,
} from './applicationCharts';
import { allValues, ApplicationControls, findControls } from './components';
import type { Values } from '../../sources/values';

/** An Application of a chart, on whichever clusters it is. */
export interface Component extends ApplicationControls {
  /** The service's name. */
  name: string;
  /** Path of its template in the chart. */
  template: string;
  /** As the first cluster gets it, with everything switched on. */
  example: Application;
}

/** A cluster and what the chart renders to for it. */
export interface ChartCluster extends ChartInstance {
  name: string;
  /** The cluster as other parts know it. */
  record: DeclaredCluster;
  /** Its values, the chart's defaults included. */
  values: Values;
  /** By component; what has no toggle is left out. */
  running: Map<string, RenderedApplication>;
  /** Everything that is rendered, for comparison. */
  applications: RenderedApplication[];
}

/** A chart with the clusters that render it. */
export interface ChartModel {
  chart: ApplicationChart;
  /** Values of all clusters together. */
  values: Values;
  components: Component[];
  clusters: ChartCluster[];
  /** Why it, or one of its clusters, cannot be rendered. */
  problems: RepositoryProblem[];
}

const models = new WeakMap<object, { url: string; models: ChartModel[] }>();

/** The charts of Applications in a repository that at least one cluster renders and that have toggles. Cached by files. */
export function chartModels(repository: RepositorySnapshot): ChartModel[] {
  const cached = models.get(repository.files);
  if (cached?.url === repository.url) return cached.models;
  const found = applicationCharts(repository).flatMap(chart => {
    const instances = chartInstances(chart, repository);
    return instances.length > 0 ? [modelOf(chart, instances, repository)] : [];
  });
  models.set(repository.files, { url: repository.url, models: found });
  return found;
}

function modelOf(
  chart: ApplicationChart,
  instances: ChartInstance[],
  repository: RepositorySnapshot,
): ChartModel {
  const values = allValues(chart, instances, repository);
  const problems: RepositoryProblem[] = [];
  const rendered = instances.flatMap(instance => {
    try {
      const applications = renderApplications(chart, instance, repository);
      return [{ instance, applications }];
    } catch (error) {
      if (!(error instanceof HelmError)) throw error;
      problems.push({
        file: pathIn(chart, error.path ?? 'Chart.yaml'),
        line: error.line ?? 1,
        message: `${error.message} (rendered for ${instance.token})`,
      });
      return [];
    }
  });
  if (rendered.length === 0)
    return { chart, values, components: [], clusters: [], problems };

  const [first] = rendered;
  const { controls, all } = findControls(
    chart,
    first.instance,
    values,
    repository,
  );
  const components = all.flatMap(({ application, template }) => {
    const own = controls.get(application.metadata.name);
    const name = componentOf(application, first.instance);
    return own ? [{ ...own, name, template, example: application }] : [];
  });
  const known = new Set(components.map(({ name }) => name));
  const clusters = rendered.map(({ instance, applications }) => {
    const sample =
      applications[0] ??
      findControls(chart, instance, values, repository).all[0];
    const record = recordOf(instance, chart, sample?.application, repository);
    const running = new Map(
      applications
        .map(item => [componentOf(item.application, instance), item] as const)
        .filter(([name]) => known.has(name)),
    );
    const own = allValues(chart, [instance], repository);
    return {
      ...instance,
      name: record.name,
      record,
      values: own,
      running,
      applications,
    };
  });
  return {
    chart,
    values,
    components: components.sort(byName),
    clusters: clusters.sort(byName),
    problems,
  };
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1;
}

/** The Application's service: its label, else its name without what differs from cluster to cluster. */
export function componentOf(
  { metadata, spec }: Application,
  { token: own }: Pick<ChartInstance, 'token'>,
): string {
  const label: unknown = metadata.labels?.[FLEET_SERVICE_LABEL];
  if (typeof label === 'string' && label !== '') return label;
  const { name: destination } = spec.destination ?? {};
  for (const token of [destination, own, environmentOf(metadata.labels)]) {
    if (!token) continue;
    if (metadata.name.startsWith(`${token}-`))
      return metadata.name.slice(token.length + 1);
    if (metadata.name.endsWith(`-${token}`))
      return metadata.name.slice(0, -token.length - 1);
  }
  return metadata.name;
}

function environmentOf(
  labels: Record<string, unknown> | undefined,
): string | undefined {
  const value = labels?.environment ?? labels?.env;
  return typeof value === 'string' ? value : undefined;
}

/** The cluster that an instance is for: where its Applications go; a hub that serves itself alone by the name of its file. */
function recordOf(
  instance: ChartInstance,
  chart: ApplicationChart,
  sample: Application | undefined,
  repository: RepositorySnapshot,
): DeclaredCluster {
  const { clusters } = indexRepository(repository);
  const { name, server = '' } = sample?.spec.destination ?? {};
  const declared = clusters.find(cluster =>
    name ? cluster.name === name : cluster.server === server,
  );
  if (declared) return declared;
  const environment = environmentOf(sample?.metadata.labels);
  return {
    name: name && name !== 'in-cluster' ? name : instance.token,
    server: name ? '' : server,
    labels: {
      ...(environment ? { environment } : {}),
      ...instance.labels,
    },
    annotations: {},
    file:
      instance.bootstrap?.file ??
      instance.valueFiles[instance.valueFiles.length - 1] ??
      pathIn(chart, 'values.yaml'),
    document: instance.bootstrap?.document ?? 0,
  };
}
