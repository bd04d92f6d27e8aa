import type { PromoteServiceParameters } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { inSequence } from '../../layouts/sequence';
import type { LayoutDeployment } from '../../layouts/types';
import type { RepositorySnapshot } from '../../model/repository';
import {
  dnsLabel,
  environment,
  targets,
  version as versionGrammar,
  waves,
} from '../grammar';
import type { IntentStage } from '../stages';
import type {
  ApplyIntentOptions,
  IntentDefinition,
  IntentEffect,
} from '../types';
import { promoteByReference } from './references';
import {
  checkKinds,
  clustersOf,
  deploymentsIn,
  describeTargets,
  ServiceView,
  versionIn,
  viewService,
} from './targets';
import { waveStages } from '../waves';

/** Brings a version to environments or clusters, at once or in waves. */
export const promoteService: IntentDefinition<'service.promote'> = {
  kind: 'service.promote',
  schema: z
    .strictObject({
      service: dnsLabel,
      version: versionGrammar.optional(),
      from: environment.optional(),
      to: targets,
      strategy: z.enum(['edit', 'merge-branch', 'move-tag']).optional(),
      waves: waves.optional(),
    })
    .refine(
      parameters =>
        parameters.version !== undefined || parameters.from !== undefined,
      { error: 'is needed, or `from`', path: ['version'] },
    ),
  subject: ({ service }) => service,
  apply(parameters, repository, options) {
    const view = viewService(parameters.service, repository, options);
    return (parameters.strategy ?? 'edit') === 'edit'
      ? promoteByEdit(parameters, repository, view, options)
      : promoteByReference(parameters, repository, view, options);
  },
};

function promoteByEdit(
  parameters: PromoteServiceParameters,
  repository: RepositorySnapshot,
  view: ServiceView,
  options: ApplyIntentOptions,
): IntentEffect {
  const { service, from, to } = parameters;
  const { stage } = options;
  const version =
    stage?.version ?? parameters.version ?? versionIn(from!, service, view);
  const meant = deploymentsIn(
    view,
    service,
    stage ? { ...to, clusters: stage.clusters } : to,
  );
  // A stage was checked when the change was asked for.
  if (from && !stage && !parameters.version)
    checkKinds(from, meant, service, view);
  const set = (clusters: string[] | undefined, state: RepositorySnapshot) =>
    view.layout.setVersion(
      { service, version, ...to, ...(clusters ? { clusters } : {}) },
      state,
      view.context,
    );
  const stages = stage
    ? []
    : stagesOf(parameters, version, meant, repository, view, options);
  // Wave after wave, as they will be written, so that a wave that cannot be written alone is refused at once.
  const edit =
    stages.length > 0
      ? inSequence(
          repository,
          stages.map(
            ({ clusters }) =>
              state =>
                set(clusters, state),
          ),
        )
      : set(stage?.clusters, repository);
  const title = `Promote ${service} ${version} to ${describeTargets(to)}`;
  return {
    ...edit,
    title: stage ? `${title}: ${stage.title}` : title,
    touched: { services: [service], clusters: clustersOf(meant) },
    ...(stages.length > 0 ? { stages } : {}),
  };
}

function stagesOf(
  { waves: wanted }: PromoteServiceParameters,
  version: string,
  meant: LayoutDeployment[],
  repository: RepositorySnapshot,
  { layout }: ServiceView,
  { clusters = [], regionLabels }: ApplyIntentOptions,
): IntentStage[] {
  if (!wanted) return [];
  const members = meant.map(({ cluster, environment: own, region }) => {
    if (cluster === undefined)
      throw new InputError(
        `parameters.waves: the repository does not name the clusters of ${own}. Leave the waves out.`,
      );
    return { cluster, region };
  });
  return waveStages(wanted, members, {
    field: 'to',
    clusters: [...layout.listClusters(repository), ...clusters],
    regionLabels,
    version,
  });
}
