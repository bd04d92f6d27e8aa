import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Conversions } from '../../customResources';

const GROUP = 'cluster.x-k8s.io';

function withVersion(object: KubernetesObject, version: string) {
  const [group] = object.apiVersion!.split('/');
  return { ...object, apiVersion: `${group}/${version}` };
}

/** A reference without version becomes one with version and namespace. */
function referenceToBeta1(reference: any, namespace?: string) {
  if (!reference) return undefined;
  const { apiGroup, ...rest } = reference;
  return { ...rest, apiVersion: `${apiGroup}/v1beta1`, namespace };
}

function referenceFromBeta1(reference: any) {
  if (!reference) return undefined;
  const { apiVersion, namespace: _namespace, ...rest } = reference;
  return { ...rest, apiGroup: String(apiVersion ?? '').split('/')[0] };
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined),
  ) as T;
}

function topologyToBeta1(topology: any) {
  if (!topology) return undefined;
  const { classRef, ...rest } = topology;
  return defined({
    ...rest,
    class: classRef?.name,
    classNamespace: classRef?.namespace,
  });
}

function topologyFromBeta1(topology: any) {
  if (!topology) return undefined;
  const { class: name, classNamespace, ...rest } = topology;
  return defined({
    ...rest,
    classRef: defined({ name, namespace: classNamespace }),
  });
}

function clusterToBeta1(object: KubernetesObject): KubernetesObject {
  const spec: any = object.spec ?? {};
  const status: any = object.status;
  const { namespace } = object.metadata;
  return defined({
    ...withVersion(object, 'v1beta1'),
    spec: defined({
      ...spec,
      topology: topologyToBeta1(spec.topology),
      infrastructureRef: referenceToBeta1(spec.infrastructureRef, namespace),
      controlPlaneRef: referenceToBeta1(spec.controlPlaneRef, namespace),
    }),
    status: status && clusterStatusToBeta1(status),
  });
}

function clusterStatusToBeta1(status: any) {
  const {
    initialization = {},
    conditions,
    deprecated,
    controlPlane,
    workers,
    ...rest
  } = status;
  const old = deprecated?.v1beta1 ?? {};
  return defined({
    ...rest,
    // Version v1beta2 has no such phase.
    phase: old.failureReason ? 'Failed' : rest.phase,
    infrastructureReady: initialization.infrastructureProvisioned ?? false,
    controlPlaneReady: initialization.controlPlaneInitialized ?? false,
    conditions: old.conditions,
    failureReason: old.failureReason,
    failureMessage: old.failureMessage,
    v1beta2: defined({ conditions, controlPlane, workers }),
  });
}

function clusterFromBeta1(object: KubernetesObject): KubernetesObject {
  const spec: any = object.spec ?? {};
  const status: any = object.status;
  return defined({
    ...withVersion(object, 'v1beta2'),
    spec: defined({
      ...spec,
      topology: topologyFromBeta1(spec.topology),
      infrastructureRef: referenceFromBeta1(spec.infrastructureRef),
      controlPlaneRef: referenceFromBeta1(spec.controlPlaneRef),
    }),
    status: status && clusterStatusFromBeta1(status),
  });
}

function clusterStatusFromBeta1(status: any) {
  const {
    infrastructureReady,
    controlPlaneReady,
    conditions,
    failureReason,
    failureMessage,
    v1beta2 = {},
    ...rest
  } = status;
  return defined({
    ...rest,
    ...v1beta2,
    initialization: {
      infrastructureProvisioned: infrastructureReady,
      controlPlaneInitialized: controlPlaneReady,
    },
    deprecated: {
      v1beta1: defined({ conditions, failureReason, failureMessage }),
    },
  });
}

/** MachineDeployments and control planes: counts and conditions have other names. */
function machinesToBeta1(object: KubernetesObject): KubernetesObject {
  const status: any = object.status;
  if (!status) return withVersion(object, 'v1beta1');
  const { upToDateReplicas, conditions, deprecated, initialization, ...rest } =
    status;
  return {
    ...withVersion(object, 'v1beta1'),
    status: defined({
      ...rest,
      updatedReplicas: upToDateReplicas,
      unavailableReplicas:
        rest.replicas === undefined
          ? undefined
          : Math.max(0, rest.replicas - (rest.availableReplicas ?? 0)),
      initialized: initialization?.controlPlaneInitialized,
      ready: initialization?.controlPlaneInitialized,
      conditions: deprecated?.v1beta1?.conditions,
      v1beta2: defined({ conditions, upToDateReplicas }),
    }),
  };
}

function machinesFromBeta1(object: KubernetesObject): KubernetesObject {
  const status: any = object.status;
  if (!status) return withVersion(object, 'v1beta2');
  const {
    updatedReplicas,
    unavailableReplicas: _unavailable,
    initialized,
    ready: _ready,
    conditions,
    v1beta2 = {},
    ...rest
  } = status;
  return {
    ...withVersion(object, 'v1beta2'),
    status: defined({
      ...rest,
      upToDateReplicas: updatedReplicas,
      ...v1beta2,
      initialization:
        initialized === undefined
          ? undefined
          : { controlPlaneInitialized: initialized },
      deprecated: conditions && { v1beta1: { conditions } },
    }),
  };
}

/**
 * v1beta1 as v1beta2 is stored: what Cluster API's conversion webhook does to Clusters, MachineDeployments and control
 * planes. Other kinds keep their fields.
 *
 * Source: kubernetes-sigs/cluster-api `api/core/v1beta1/conversion.go`.
 */
export const clusterApiConversions: Conversions = (group, kind, version) => {
  if (version !== 'v1beta1') return undefined;
  if (group === GROUP && kind === 'Cluster') {
    return { fromStorage: clusterToBeta1, toStorage: clusterFromBeta1 };
  }
  if (kind === 'MachineDeployment' || kind.endsWith('ControlPlane')) {
    return { fromStorage: machinesToBeta1, toStorage: machinesFromBeta1 };
  }
  return undefined;
};
