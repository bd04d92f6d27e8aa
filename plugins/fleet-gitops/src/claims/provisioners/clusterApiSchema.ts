/*
 * The fields of Cluster API's `Cluster` that a person writes, for repositories and hubs that do not say the CRD. What
 * lies deeper than a claim usually goes is left open.
 *
 * Source: Cluster API `api/core/v1beta1/cluster_types.go`, `api/core/v1beta2/cluster_types.go`.
 */

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };
const openItems = { type: 'array', items: open };
const texts = { type: 'array', items: text };

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

const stringMap = { type: 'object', additionalProperties: text };
const metadata = object({ labels: stringMap, annotations: stringMap });
const cidrBlocks = object({ cidrBlocks: texts });

const clusterNetwork = object({
  apiServerPort: { type: 'integer', minimum: 1, maximum: 65535 },
  services: cidrBlocks,
  pods: cidrBlocks,
  serviceDomain: text,
});

const overrides = object({ overrides: openItems });
const variables = (extra: object) => ({
  type: 'array',
  'x-kubernetes-list-map-keys': ['name'],
  items: object(
    {
      name: text,
      value: { 'x-kubernetes-preserve-unknown-fields': true },
      ...extra,
    },
    ['name', 'value'],
  ),
});

const V1BETA1_TIMEOUTS = {
  nodeDrainTimeout: text,
  nodeVolumeDetachTimeout: text,
  nodeDeletionTimeout: text,
};

const FIELDS = {
  v1beta1: {
    reference: object({
      apiVersion: text,
      kind: text,
      name: text,
      namespace: text,
    }),
    className: { class: text, classNamespace: text, rolloutAfter: text },
    required: ['class', 'version'],
    variable: { definitionFrom: text },
    controlPlane: { ...V1BETA1_TIMEOUTS, machineHealthCheck: open },
    machineDeployment: {
      ...V1BETA1_TIMEOUTS,
      machineHealthCheck: open,
      strategy: open,
    },
    machinePool: V1BETA1_TIMEOUTS,
  },
  v1beta2: {
    reference: object({ apiGroup: text, kind: text, name: text }, [
      'apiGroup',
      'kind',
      'name',
    ]),
    className: {
      classRef: object({ name: text, namespace: text }, ['name']),
    },
    required: ['classRef', 'version'],
    variable: {},
    controlPlane: {
      healthCheck: open,
      deletion: open,
      rollout: open,
      taints: openItems,
    },
    machineDeployment: {
      healthCheck: open,
      deletion: open,
      rollout: open,
      taints: openItems,
    },
    machinePool: { deletion: open, rollout: open, taints: openItems },
  },
};

/** The structural schema of a `Cluster`; `undefined` for versions that are not known. */
export function clusterSchema(version: string): object | undefined {
  if (version !== 'v1beta1' && version !== 'v1beta2') return undefined;
  const fields = FIELDS[version];
  const worker = {
    class: text,
    name: text,
    metadata,
    replicas: whole,
    minReadySeconds: whole,
    readinessGates: openItems,
    variables: overrides,
  };
  const workers = (own: object) => ({
    type: 'array',
    'x-kubernetes-list-map-keys': ['name'],
    items: object({ ...worker, ...own }, ['class', 'name']),
  });
  return object(
    {
      spec: object({
        paused: { type: 'boolean' },
        clusterNetwork,
        controlPlaneEndpoint: object({ host: text, port: whole }),
        controlPlaneRef: fields.reference,
        infrastructureRef: fields.reference,
        availabilityGates: openItems,
        topology: object(
          {
            ...fields.className,
            version: {
              ...text,
              pattern: '^v(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)',
            },
            controlPlane: object({
              metadata,
              replicas: whole,
              readinessGates: openItems,
              variables: overrides,
              ...fields.controlPlane,
            }),
            workers: object({
              machineDeployments: workers({
                failureDomain: text,
                ...fields.machineDeployment,
              }),
              machinePools: workers({
                failureDomains: texts,
                ...fields.machinePool,
              }),
            }),
            variables: variables(fields.variable),
          },
          fields.required,
        ),
      }),
      status: open,
    },
    ['spec'],
  );
}
