import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { defined, pick, projectMetadata, shortMessage } from './metadata';

/** Above it, an object's own fields are not kept: they are no parameters of a cluster any more. */
const LARGEST_FIELDS = 32 * 1024;

/**
 * A Crossplane claim or XR, or a KRO instance: whole, because its fields are the platform team's own, with short messages.
 *
 * @returns `undefined` for an XR that belongs to a claim, which stands for both
 */
export function projectClaim(
  object: KubernetesObject,
): KubernetesObject | undefined {
  if (object.spec?.claimRef) return undefined;
  const status = object.status ?? {};
  return defined({
    ...identity(object),
    spec: small(object.spec),
    status: {
      ...(small(status) ?? pick(status, ['state', 'observedGeneration'])),
      ...conditions(status),
    },
  });
}

const CLUSTER_STATUS = [
  'phase',
  'observedGeneration',
  'initialization',
  'infrastructureReady',
  'controlPlaneReady',
  'failureReason',
  'failureMessage',
  'controlPlane',
  'workers',
];

/** A Cluster of Cluster API, v1beta1 or v1beta2: its topology and what the status rules read. */
export function projectCapiCluster(object: KubernetesObject): KubernetesObject {
  const { spec = {} } = object;
  const { topology } = spec;
  return defined({
    ...identity(object),
    spec: defined({
      ...pick(spec, [
        'paused',
        'controlPlaneEndpoint',
        'controlPlaneRef',
        'infrastructureRef',
      ]),
      topology: topology && {
        ...pick(topology, ['class', 'classNamespace', 'classRef', 'version']),
        variables: small(topology.variables),
        controlPlane: pick(topology.controlPlane, ['replicas']),
        workers: topology.workers && {
          machineDeployments: topology.workers.machineDeployments?.map(
            (deployment: any) =>
              pick(deployment, ['class', 'name', 'replicas']),
          ),
        },
      },
    }),
    status: projectStatus(object, CLUSTER_STATUS),
  });
}

const PART_STATUS = [
  'phase',
  'observedGeneration',
  'version',
  'ready',
  'initialized',
  'initialization',
  'replicas',
  'readyReplicas',
  'availableReplicas',
  'updatedReplicas',
  'upToDateReplicas',
  'unavailableReplicas',
  'failureReason',
  'failureMessage',
];

/** A MachineDeployment or control plane of Cluster API: how many machines of which version. */
export function projectClusterPart(object: KubernetesObject): KubernetesObject {
  const { spec = {} } = object;
  const version = spec.version ?? spec.template?.spec?.version;
  return defined({
    ...identity(object),
    spec: defined({
      ...pick(spec, ['clusterName', 'paused', 'replicas']),
      version,
    }),
    status: projectStatus(object, PART_STATUS),
  });
}

function identity(object: KubernetesObject) {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    metadata: defined({
      ...projectMetadata(object),
      generation: metadata.generation,
    }),
  };
}

function projectStatus(object: KubernetesObject, fields: string[]) {
  const status = object.status ?? {};
  const { deprecated, v1beta2 } = status;
  return defined({
    ...pick(status, fields),
    ...conditions(status),
    v1beta2: v1beta2 && conditions(v1beta2),
    deprecated: deprecated?.v1beta1 && {
      v1beta1: {
        ...pick(deprecated.v1beta1, ['failureReason', 'failureMessage']),
        ...conditions(deprecated.v1beta1),
      },
    },
  });
}

function conditions(status: any) {
  return Array.isArray(status?.conditions)
    ? {
        conditions: status.conditions.map((condition: any) =>
          defined({
            ...pick(condition, [
              'type',
              'status',
              'reason',
              'severity',
              'lastTransitionTime',
              'observedGeneration',
            ]),
            message: shortMessage(condition?.message),
          }),
        ),
      }
    : {};
}

function small<T>(fields: T): T | undefined {
  if (fields === undefined) return undefined;
  return JSON.stringify(fields).length > LARGEST_FIELDS ? undefined : fields;
}
