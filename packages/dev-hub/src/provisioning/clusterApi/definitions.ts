import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinition } from '../../customResources';

const CORE = 'cluster.x-k8s.io';
const CONTROL_PLANE = 'controlplane.cluster.x-k8s.io';
const INFRASTRUCTURE = 'infrastructure.cluster.x-k8s.io';
const BOOTSTRAP = 'bootstrap.cluster.x-k8s.io';

/** Kinds of control planes that a ClusterClass may name; `replicas` where they consist of machines. */
export const CONTROL_PLANE_KINDS: Record<string, { machines: boolean }> = {
  KubeadmControlPlane: { machines: true },
  AWSManagedControlPlane: { machines: false },
};

const TEMPLATES: Record<string, string[]> = {
  [CONTROL_PLANE]: Object.keys(CONTROL_PLANE_KINDS).map(
    kind => `${kind}Template`,
  ),
  [INFRASTRUCTURE]: [
    'AWSManagedCluster',
    'AWSManagedClusterTemplate',
    'AWSMachineTemplate',
    'DockerCluster',
    'DockerClusterTemplate',
    'DockerMachineTemplate',
  ],
  [BOOTSTRAP]: ['EKSConfigTemplate', 'KubeadmConfigTemplate'],
};

const COLUMNS = [
  { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

function twoVersions(schema?: Record<string, any>) {
  return [
    { name: 'v1beta2', storage: true, columns: COLUMNS, schema },
    { name: 'v1beta1', storage: false, columns: COLUMNS, schema },
  ];
}

const STRINGS = { type: 'object', additionalProperties: { type: 'string' } };

const METADATA = {
  type: 'object',
  properties: { annotations: STRINGS, labels: STRINGS },
};

/** Whatever its ClusterClass says that a variable may be. */
const VARIABLES = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'value'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 256 },
      value: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  },
};

const OVERRIDES = {
  type: 'object',
  properties: { overrides: VARIABLES },
};

const RANGES = {
  type: 'object',
  properties: {
    cidrBlocks: { type: 'array', items: { type: 'string' } },
  },
};

const REFERENCE = {
  type: 'object',
  properties: {
    apiGroup: { type: 'string' },
    kind: { type: 'string' },
    name: { type: 'string' },
  },
};

const CLUSTER_SCHEMA = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        paused: { type: 'boolean' },
        clusterNetwork: {
          type: 'object',
          properties: {
            apiServerPort: { type: 'integer' },
            pods: RANGES,
            serviceDomain: { type: 'string' },
            services: RANGES,
          },
        },
        controlPlaneEndpoint: {
          type: 'object',
          properties: { host: { type: 'string' }, port: { type: 'integer' } },
        },
        controlPlaneRef: REFERENCE,
        infrastructureRef: REFERENCE,
        topology: {
          type: 'object',
          required: ['classRef', 'version'],
          properties: {
            classRef: {
              type: 'object',
              required: ['name'],
              properties: {
                name: { type: 'string', minLength: 1 },
                namespace: { type: 'string' },
              },
            },
            version: { type: 'string', minLength: 1 },
            controlPlane: {
              type: 'object',
              properties: {
                metadata: METADATA,
                replicas: { type: 'integer' },
                variables: OVERRIDES,
              },
            },
            workers: {
              type: 'object',
              properties: {
                machineDeployments: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['class', 'name'],
                    properties: {
                      class: { type: 'string' },
                      failureDomain: { type: 'string' },
                      metadata: METADATA,
                      name: { type: 'string' },
                      replicas: { type: 'integer', minimum: 0 },
                      variables: OVERRIDES,
                    },
                  },
                },
              },
            },
            variables: VARIABLES,
          },
        },
      },
    },
  },
};

/**
 * The CustomResourceDefinitions of Cluster API 1.11 and of its AWS and Docker providers, as far as the hub acts on them.
 *
 * Source: kubernetes-sigs/cluster-api `config/crd/bases`.
 */
export function clusterApiDefinitions(): KubernetesObject[] {
  return [
    customResourceDefinition({
      group: CORE,
      kind: 'Cluster',
      shortNames: ['cl'],
      categories: ['cluster-api'],
      versions: twoVersions(CLUSTER_SCHEMA),
    }),
    customResourceDefinition({
      group: CORE,
      kind: 'ClusterClass',
      shortNames: ['cc'],
      versions: twoVersions(),
    }),
    customResourceDefinition({
      group: CORE,
      kind: 'MachineDeployment',
      shortNames: ['md'],
      versions: twoVersions(),
    }),
    ...Object.keys(CONTROL_PLANE_KINDS).map(kind =>
      customResourceDefinition({
        group: CONTROL_PLANE,
        kind,
        versions: twoVersions(),
      }),
    ),
    ...Object.entries(TEMPLATES).flatMap(([group, kinds]) =>
      kinds.map(kind =>
        customResourceDefinition({ group, kind, versions: twoVersions() }),
      ),
    ),
  ];
}
