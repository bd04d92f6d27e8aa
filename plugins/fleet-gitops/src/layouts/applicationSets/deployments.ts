import type { GeneratedApplication } from '../../applicationset';
import type { ApplicationSet } from '../../model/argocd';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import type { Declared } from '../../repository';
import { indexRepository } from '../../repository/indexRepository';
import { serviceOfApplication } from '../../repository/serviceApplications';
import { destinationCluster } from '../../sources/destinationCluster';
import type { LayoutContext } from '../types';
import type { DeployedApplication } from '../versions/types';
import { EvaluationScope, evaluateIn, evaluationScope } from './evaluations';
import { fieldOrigin } from './fieldOrigin';
import { generatorLeaves } from './generatorLeaves';
import { generatorDirectory, parameterPlaces } from './parameterPlaces';

const ENVIRONMENT_LABELS = ['environment', 'env'];
const REGION_LABELS = ['region'];

function firstOf(
  keys: string[],
  ...sources: Array<Record<string, unknown> | undefined>
): string | undefined {
  for (const source of sources) {
    for (const key of keys) {
      const value = source?.[key];
      if (typeof value === 'string' && value !== '') return value;
    }
  }
  return undefined;
}

/** Environment and region of a cluster, by its labels and then by what else is known. */
export function locationOf(
  context: LayoutContext,
  ...sources: Array<Record<string, unknown> | undefined>
): { environment?: string; region?: string } {
  const environment = firstOf(
    context.environmentLabels ?? ENVIRONMENT_LABELS,
    ...sources,
  );
  const region = firstOf(context.regionLabels ?? REGION_LABELS, ...sources);
  return {
    ...(environment === undefined ? {} : { environment }),
    ...(region === undefined ? {} : { region }),
  };
}

/** The file that puts an Application where it is: the one with the parameters that are its own. */
function fileOf(
  declared: Declared<ApplicationSet>,
  generated: GeneratedApplication,
  cluster: ClusterRecord | undefined,
  repository: RepositorySnapshot,
): string {
  const place = parameterPlaces(declared, generated, repository).find(
    ({ kind }) => kind === 'file' || kind === 'element',
  );
  if (place) return place.file;
  const leaf = generatorLeaves(declared.object, generated.generator).find(
    ({ kind, spec }) => kind === 'git' && spec.directories,
  );
  const directory = leaf && generatorDirectory(leaf, generated.params);
  const found = ['kustomization.yaml', 'Chart.yaml'].find(name =>
    repository.files.has(`${directory}/${name}`),
  );
  if (found) return `${directory}/${found}`;
  const own = indexRepository(repository).clusters.find(
    ({ name }) => name === cluster?.name,
  );
  return own?.file ?? declared.file;
}

function deploymentOf(
  declared: Declared<ApplicationSet>,
  generated: GeneratedApplication,
  scope: EvaluationScope,
  context: LayoutContext,
): DeployedApplication {
  const { application, params } = generated;
  const { repository, hub } = scope;
  const destination = application.spec.destination ?? {};
  const name = destinationCluster(application, hub.clusters);
  const record = hub.clusters.find(cluster => cluster.name === name);
  // A cluster that only the hub knows is still named by its Applications.
  const cluster = name ?? (destination.name || undefined);
  const location = locationOf(
    context,
    record?.labels,
    application.metadata.labels,
    params,
    params.values,
  );
  return {
    service: serviceOfApplication(application, cluster, declared.object),
    ...(cluster === undefined ? {} : { cluster }),
    ...location,
    application,
    file: fileOf(declared, generated, record, repository),
    origin: (path, part) =>
      fieldOrigin(path, part, { declared, generated, repository }),
  };
}

/** An Application with what it deploys and what generated it. */
export interface GeneratedDeployment {
  declared: Declared<ApplicationSet>;
  generated: GeneratedApplication;
  deployed: DeployedApplication;
}

/** The Applications of some ApplicationSets with what they deploy and where. Those of sets that fail are left out. */
export function generatedDeployments(
  applicationSets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
  context: LayoutContext = {},
): GeneratedDeployment[] {
  const scope = evaluationScope(repository, context);
  return applicationSets.flatMap(declared => {
    const evaluation = evaluateIn(scope, declared.object);
    return evaluation.status === 'ok'
      ? evaluation.applications.map(generated => ({
          declared,
          generated,
          deployed: deploymentOf(declared, generated, scope, context),
        }))
      : [];
  });
}

/** Only what they deploy and where. */
export function deploymentsOf(
  applicationSets: Declared<ApplicationSet>[],
  repository: RepositorySnapshot,
  context: LayoutContext = {},
): DeployedApplication[] {
  return generatedDeployments(applicationSets, repository, context).map(
    ({ deployed }) => deployed,
  );
}
