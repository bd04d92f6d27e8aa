import { ConflictError, NotFoundError } from '@backstage/errors';
import type { RepositorySnapshot } from '../model/repository';
import { indexRepository } from '../repository/indexRepository';
import { checkEffect } from './appOfApps/effects';
import {
  ChartCluster,
  ChartModel,
  chartModels,
  Component,
} from './appOfApps/model';
import { deleteSource, offboardComponent } from './appOfApps/offboardComponent';
import {
  checkComponent,
  createComponent,
  directoryOf,
} from './appOfApps/onboardComponent';
import {
  deploymentsOf,
  setComponentVersion,
  setSourceVersion,
} from './appOfApps/versions';
import { setForCluster } from './appOfApps/valueEdits';
import { isBootstrap } from './layeredValues/bootstraps';
import { Edits } from './edits';
import { withCharts } from './fleetServices';
import { suggest } from './nearMatches';
import type {
  Layout,
  LayoutDeployment,
  LayoutEdit,
  LayoutService,
} from './types';

const ID = 'app-of-apps';

/** The chart that has a component, and the component. */
function findComponent(
  name: string,
  repository: RepositorySnapshot,
): { model: ChartModel; component: Component } {
  const models = chartModels(repository);
  const found = models.flatMap(model =>
    model.components
      .filter(component => component.name === name)
      .map(component => ({ model, component })),
  );
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new ConflictError(
      `Several charts deploy \`${name}\`: ${found
        .map(
          ({ model, component }) =>
            `${model.chart.directory}/${component.template}`,
        )
        .join(', ')}. Switch it by hand in the one that is meant.`,
    );
  }
  refuseProblems(models, name);
  throw new NotFoundError(
    `No chart of Applications deploys \`${name}\`. ${suggest(
      name,
      models.flatMap(({ components }) => components.map(item => item.name)),
    )}`,
  );
}

/** The Applications and sets that say what runs where, and how many of them this layout accounts for. */
function shareOf(
  models: ChartModel[],
  repository: RepositorySnapshot,
): { accounted: number; all: number } {
  const { applications, applicationSets } = indexRepository(repository);
  const rendered = models.flatMap(({ clusters }) =>
    clusters.flatMap(cluster => cluster.applications),
  );
  const accounted = models.flatMap(({ clusters }) =>
    clusters.flatMap(({ running }) => [...running.values()]),
  );
  const others = applications.filter(
    declared => !isBootstrap(declared.object, repository),
  );
  return {
    accounted: Math.max(accounted.length, 1),
    all: Math.max(rendered.length + others.length + applicationSets.length, 1),
  };
}

function keyOf({ service, environment, cluster }: LayoutDeployment): string {
  return [service, environment ?? '', cluster ?? ''].join('\n');
}

/** A cluster that cannot be rendered may be the one that is asked for. */
function refuseProblems(models: ChartModel[], name: string): void {
  const [problem] = models.flatMap(({ problems }) => problems);
  if (problem) {
    throw new ConflictError(
      `${problem.file}:${problem.line} cannot be rendered, so \`${name}\` may be missing: ${problem.message}. Correct it first.`,
    );
  }
}

function findClusters(
  names: readonly string[],
  models: ChartModel[],
): ChartCluster[] {
  const clusters = models.flatMap(model => model.clusters);
  return names.map(name => {
    const found = clusters.find(cluster => cluster.name === name);
    if (found) return found;
    refuseProblems(models, name);
    throw new NotFoundError(
      `No cluster \`${name}\` renders a chart of Applications. ${suggest(
        name,
        clusters.map(cluster => cluster.name),
      )}`,
    );
  });
}

function toggle(
  service: string,
  clusters: readonly string[],
  state: 'present' | 'absent',
  repository: RepositorySnapshot,
): LayoutEdit {
  const { model, component } = findComponent(service, repository);
  const edits = new Edits(repository);
  switchOn(model, component, clusters, state, edits);
  checkEffect(model, repository, edits.changes, {
    component: service,
    clusters: new Set(clusters),
    state,
  });
  return edits.result();
}

function switchOn(
  model: ChartModel,
  { name, toggle: { path, on } }: Component,
  clusters: readonly string[],
  state: 'present' | 'absent',
  edits: Edits,
): void {
  const together = new Set(clusters);
  for (const cluster of findClusters(clusters, [model])) {
    if (cluster.running.has(name) === (state === 'present')) continue;
    const value = state === 'present' ? on : !on;
    setForCluster(model, cluster, path, value, { edits, together });
  }
}

/**
 * A Helm chart whose templates are Applications (app of apps), rendered once for each cluster with values of its own, in
 * which a toggle (`enable: true`) brings each Application.
 *
 * @remarks
 * Which value switches which Application is found out by rendering the chart, so templates may write it as they like.
 *
 * @public
 */
export const appOfAppsLayout: Layout = {
  id: ID,
  title: 'Helm chart of Applications with a toggle for each',

  detect(repository) {
    const models = chartModels(repository).filter(
      ({ components }) => components.length > 0,
    );
    if (models.length === 0) return undefined;
    const components = models.flatMap(model => model.components);
    const clusters = models.flatMap(model => model.clusters);
    const [{ chart }] = models;
    const [{ toggle: first }] = components;
    const { accounted, all } = shareOf(models, repository);
    return {
      layout: ID,
      certainty: accounted / all,
      sentence: `${chart.directory || 'The repository'} is a chart of ${
        components.length
      } Applications with toggles such as \`${first.path.join('.')}: ${
        first.on
      }\`; ${clusters.length} clusters render it.`,
    };
  },

  listServices(repository) {
    const components = chartModels(repository).flatMap(
      model => model.components,
    );
    const services = components.map(({ name, example }): LayoutService => {
      const path = directoryOf(example, repository);
      return { name, ...(path ? { path } : {}) };
    });
    return withCharts(services, repository);
  },

  listClusters(repository) {
    const records = chartModels(repository).flatMap(({ clusters }) =>
      clusters.map(({ record }) => record),
    );
    return [
      ...new Map(records.map(record => [record.name, record])).values(),
    ].sort((one, other) => (one.name < other.name ? -1 : 1));
  },

  onboard(request, repository) {
    const models = chartModels(repository);
    const exists = models.some(({ components }) =>
      components.some(({ name }) => name === request.service),
    );
    if (exists) {
      const { component, model } = findComponent(request.service, repository);
      checkComponent(request, component, model);
      return toggle(request.service, request.clusters, 'present', repository);
    }
    refuseProblems(models, request.service);
    const edits = new Edits(repository);
    const { model, component } = createComponent(
      request,
      models,
      repository,
      edits,
    );
    switchOn(model, component, request.clusters, 'present', edits);
    checkEffect(model, repository, edits.changes, {
      component: request.service,
      clusters: new Set(request.clusters),
      state: 'present',
    });
    return edits.result();
  },

  enable: (service, clusters, repository) =>
    toggle(service, clusters, 'present', repository),

  disable: (service, clusters, repository) =>
    toggle(service, clusters, 'absent', repository),

  offboard({ service, deleteFiles }, repository) {
    const { model, component } = findComponent(service, repository);
    const edits = new Edits(repository);
    offboardComponent(model, component, repository, edits);
    checkEffect(model, repository, edits.changes, {
      component: service,
      clusters: new Set(model.clusters.map(({ name }) => name)),
      state: 'absent',
    });
    if (deleteFiles) deleteSource(component, repository, edits);
    return edits.result();
  },

  listDeployments(repository, context = {}) {
    return chartModels(repository)
      .flatMap(model => deploymentsOf(model, repository, context))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  },

  setVersion(request, repository, context = {}) {
    const { model, component } = findComponent(request.service, repository);
    if (request.clusters) findClusters(request.clusters, [model]);
    const elsewhere =
      !component.version && setSourceVersion(request, context, repository);
    if (elsewhere) return elsewhere;
    const edits = new Edits(repository);
    const changed = setComponentVersion(
      request,
      context,
      model,
      component,
      repository,
      edits,
    );
    checkEffect(model, repository, edits.changes, {
      component: request.service,
      clusters: changed,
      state: 'present',
    });
    return edits.result();
  },
};
