import { ConflictError } from '@backstage/errors';
import type { Application } from '../../model/argocd';
import {
  normalizeRepositoryUrl,
  RepositorySnapshot,
} from '../../model/repository';
import { readApplicationVersion, sourcesOf } from '../../sources/version';
import type { Edits } from '../edits';
import type {
  LayoutContext,
  LayoutDeployment,
  LayoutEdit,
  VersionRequest,
} from '../types';
import {
  decidingLayer,
  DeployedApplication,
  selectDeployments,
  setVersions,
  versionLayers,
} from '../versions';
import { ownLookup, pathIn } from './applicationCharts';
import { ChartCluster, ChartModel, chartModels, Component } from './model';
import { holderOf, setForCluster, setInFile } from './valueEdits';
import { valueAt } from '../../sources/values';

const ENVIRONMENT_LABELS = ['environment', 'env'];
const REGION_LABELS = ['region'];

/** The components of a chart, cluster by cluster, with the revision or image tag that their values say. */
export function deploymentsOf(
  model: ChartModel,
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutDeployment[] {
  const {
    environmentLabels = ENVIRONMENT_LABELS,
    regionLabels = REGION_LABELS,
  } = context;
  return model.clusters.flatMap(cluster => {
    const { labels } = cluster.record;
    const labelled = (keys: string[]) =>
      labels[keys.find(key => labels[key]) ?? ''];
    const environment = labelled(environmentLabels);
    const region = labelled(regionLabels);
    return model.components.flatMap(component =>
      cluster.running.has(component.name)
        ? [
            {
              service: component.name,
              cluster: cluster.name,
              ...(environment ? { environment } : {}),
              ...(region ? { region } : {}),
              ...followed(cluster, component, context, repository),
              ...versionOn(model, cluster, component, context, repository),
              file:
                holderOf(model, cluster, component.toggle.path, repository) ??
                pathIn(model.chart, component.template),
            },
          ]
        : [],
    );
  });
}

/** The branch or tag of this repository that a component follows, where it is another than that of the chart. */
function followed(
  cluster: ChartCluster,
  { name }: Component,
  { branch }: LayoutContext,
  repository: RepositorySnapshot,
): Pick<LayoutDeployment, 'revision'> {
  const { application } = cluster.running.get(name)!;
  const url = normalizeRepositoryUrl(repository.url);
  const own = (candidate: Application) =>
    sourcesOf(candidate).find(
      ({ repoURL = '', path }) =>
        path !== undefined && normalizeRepositoryUrl(repoURL) === url,
    );
  const revision = own(application)?.targetRevision;
  const bootstrap = cluster.bootstrap && own(cluster.bootstrap.object);
  const same = ['', 'HEAD', branch ?? bootstrap?.targetRevision ?? ''];
  return revision === undefined || same.includes(revision) ? {} : { revision };
}

/**
 * The value of the version's key where it has one, else the version of the chart from a Helm repository. What follows a
 * branch or tag of this repository has the version that its files say there, which is known for the files at hand.
 */
function versionOn(
  model: ChartModel,
  cluster: ChartCluster,
  component: Component,
  context: LayoutContext,
  repository: RepositorySnapshot,
): Pick<LayoutDeployment, 'version'> {
  const { name, version: path } = component;
  const file = path && holderOf(model, cluster, path, repository);
  if (path && file) {
    const value =
      valueAt(cluster.inline, path) ?? valueAt(cluster.values, path);
    if (value !== null && value !== undefined && typeof value !== 'object')
      return { version: { text: String(value), file } };
  }
  const { application } = cluster.running.get(name)!;
  const { revision } = followed(cluster, component, context, repository);
  const version =
    revision === undefined
      ? readApplicationVersion(application, ownLookup(repository))
      : undefined;
  return version ? { version } : {};
}

/**
 * Writes the version of a component for some clusters: where their own files say it, there; in a file that they share, if
 * all that read it are meant; else as a new entry of their own files.
 *
 * @returns the clusters whose version is another
 */
export function setComponentVersion(
  request: VersionRequest,
  context: LayoutContext,
  model: ChartModel,
  component: Component,
  repository: RepositorySnapshot,
  edits: Edits,
): Set<string> {
  const { name, version: path, template } = component;
  const selected = selectDeployments(
    deploymentsOf(model, repository, {
      ...context,
      environmentLabels: request.environmentLabels ?? context.environmentLabels,
    }),
    request,
  );
  const targets = selected.filter(
    ({ version }) => version?.text !== request.version,
  );
  const changed = new Set(targets.map(({ cluster }) => cluster!));
  if (targets.length === 0) return changed;
  if (!path) {
    throw new ConflictError(
      `${pathIn(
        model.chart,
        template,
      )} has no value for the version of \`${name}\` alone. Let it read \`.Values.${[
        ...component.toggle.path.slice(0, -1),
        'targetRevision',
      ].join('.')}\` first.`,
    );
  }
  const together = new Set(selected.map(({ cluster }) => cluster!));
  const readers = model.clusters.filter(({ running }) => running.has(name));
  for (const target of targets) {
    const cluster = readers.find(reader => reader.name === target.cluster)!;
    const holder = holderOf(model, cluster, path, repository);
    if (target.revision && holder === undefined) {
      throw new ConflictError(
        `\`${name}\` follows \`${target.revision}\` on ${
          cluster.name
        }: its version is decided there. Merge into it or move it. To hold the service at another revision, write \`${path.join(
          '.',
        )}\` for this cluster by hand.`,
      );
    }
    const own = cluster.valueFiles[cluster.valueFiles.length - 1];
    const isShared =
      holder !== undefined &&
      holder !== own &&
      holder !== cluster.bootstrap?.file;
    const sharers = readers.filter(
      reader => holderOf(model, reader, path, repository) === holder,
    );
    if (isShared && sharers.every(sharer => together.has(sharer.name)))
      setInFile(model, holder, path, request.version, edits);
    else
      setForCluster(model, cluster, path, request.version, { edits, together });
  }
  return changed;
}

/**
 * Where the chart of Applications has no value for a component's version: writes it in the files that the component's own
 * source reads.
 *
 * @returns `undefined` where no file of this repository says it
 */
export function setSourceVersion(
  request: VersionRequest,
  given: LayoutContext,
  repository: RepositorySnapshot,
): LayoutEdit | undefined {
  const context = {
    ...given,
    environmentLabels: request.environmentLabels ?? given.environmentLabels,
  };
  const read = (state: RepositorySnapshot) =>
    chartModels(state).flatMap(model =>
      deploymentsOf(model, state, context).map(
        (deployment): DeployedApplication & { revision?: string } => ({
          ...deployment,
          application: model.clusters
            .find(({ name }) => name === deployment.cluster)!
            .running.get(deployment.service)!.application,
          // What the chart's templates print is changed by its values, where it has some.
          origin: () => undefined,
        }),
      ),
    );
  const meant = selectDeployments(read(repository), request);
  const lookup = ownLookup(repository);
  const isHere = meant.every(
    deployed =>
      deployed.revision === undefined &&
      decidingLayer(versionLayers(deployed, repository, lookup))?.layer.place,
  );
  if (!isHere) return undefined;
  const targets = new Set(
    meant.map(({ service, cluster }) => `${service} ${cluster}`),
  );
  return setVersions({
    repository,
    version: request.version,
    isTarget: ({ service, cluster }) => targets.has(`${service} ${cluster}`),
    read: state => ({ deployments: read(state), lookup: ownLookup(state) }),
  });
}
