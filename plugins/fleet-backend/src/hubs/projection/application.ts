import {
  applicationRevisions,
  type KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { defined, pick, projectMetadata, shortMessage } from './metadata';

/**
 * An Application as far as the fleet shows it: about a tenth of what Argo CD keeps.
 *
 * @remarks
 * The shape stays that of an Application, so that the status rules read it like the whole one, with three differences:
 * `status.resources` has only what is out of sync, with the number of all of them in `status.resourcesCount`;
 * `status.history` has only its last entry; `status.operationState.syncResult` has the images and not the resources.
 */
export function projectApplication(object: KubernetesObject): KubernetesObject {
  return defined({
    apiVersion: object.apiVersion,
    kind: 'Application',
    metadata: projectMetadata(object),
    spec: projectSpec(object.spec ?? {}),
    // Only that there is an operation matters: it means that a sync was asked for.
    operation: object.operation ? {} : undefined,
    status: projectStatus(object),
  });
}

const SOURCE_FIELDS = [
  'repoURL',
  'path',
  'chart',
  'targetRevision',
  'ref',
  'name',
  'helm',
  'kustomize',
];

function projectSpec(spec: any): Record<string, any> {
  return defined({
    project: spec.project,
    destination: pick(spec.destination, ['name', 'server', 'namespace']),
    source: pick(spec.source, SOURCE_FIELDS),
    sources: spec.sources?.map((source: any) => pick(source, SOURCE_FIELDS)),
    syncPolicy: pick(spec.syncPolicy, ['automated']),
  });
}

function projectStatus(object: KubernetesObject): Record<string, any> {
  const status = object.status ?? {};
  const resources: any[] = Array.isArray(status.resources)
    ? status.resources
    : [];
  const last = Array.isArray(status.history)
    ? status.history[status.history.length - 1]
    : undefined;
  return defined({
    health: defined({
      status: status.health?.status,
      message: shortMessage(status.health?.message),
      lastTransitionTime: status.health?.lastTransitionTime,
    }),
    sync: pick(status.sync, ['status', 'revision', 'revisions']),
    reconciledAt: status.reconciledAt,
    summary: pick(status.summary, ['images']),
    conditions: status.conditions?.map((condition: any) =>
      defined({
        type: condition?.type,
        message: shortMessage(condition?.message),
        lastTransitionTime: condition?.lastTransitionTime,
      }),
    ),
    history: last
      ? [pick(last, ['id', 'revision', 'revisions', 'deployedAt'])]
      : undefined,
    operationState: projectOperation(object),
    resources: resources
      .filter(resource => resource?.status === 'OutOfSync')
      .map(resource =>
        pick(resource, ['group', 'kind', 'name', 'namespace', 'status']),
      ),
    resourcesCount: resources.length,
  });
}

function projectOperation(
  object: KubernetesObject,
): Record<string, any> | undefined {
  const operation = object.status?.operationState;
  if (!operation) return undefined;
  const { syncedImages } = applicationRevisions(object);
  return defined({
    phase: operation.phase,
    message: shortMessage(operation.message),
    startedAt: operation.startedAt,
    finishedAt: operation.finishedAt,
    syncResult: operation.syncResult && {
      ...pick(operation.syncResult, ['revision', 'revisions']),
      ...(syncedImages.length > 0 ? { images: syncedImages } : {}),
    },
  });
}
