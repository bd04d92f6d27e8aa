import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { declaredDefinitions } from '../declaredObjects';
import {
  closedSchema,
  SchemaViolation,
  validate,
  violation,
} from '../schema/structuralSchema';
import { clusterSchema } from './clusterApiSchema';
import type { Provisioner, ProvisionerContext } from './types';

const GROUP = 'cluster.x-k8s.io';
const TOPOLOGY = ['spec', 'topology'];

/**
 * Cluster API `Cluster` with a managed topology, in v1beta1 and v1beta2.
 *
 * Source: Cluster API `api/core/v1beta{1,2}/cluster_types.go`.
 */
export const clusterApi: Provisioner = {
  kind: 'cluster-api',
  title: 'Cluster API',
  problem({ apiVersion, kind, metadata, spec }) {
    const [group, version] = (apiVersion ?? '').split('/');
    if (group !== GROUP || kind !== 'Cluster')
      return `is no Cluster of ${GROUP}`;
    if (version !== 'v1beta1' && version !== 'v1beta2')
      return `has the version ${version}; v1beta1 and v1beta2 are known`;
    if (!metadata.namespace)
      return 'lacks metadata.namespace, which every Cluster needs';
    return spec?.topology
      ? undefined
      : 'has no spec.topology: only clusters of a ClusterClass can be made';
  },
  builtInSchema: ({ apiVersion }) =>
    closedSchema(clusterSchema(apiVersion!.split('/')[1]), { isObject: true }),
  check: checkTopology,
  kubernetesVersion: { path: 'spec.topology.version', format: 'v1.33.4' },
  pools: [
    {
      list: 'spec.topology.workers.machineDeployments',
      name: 'name',
      replicas: 'replicas',
    },
    {
      list: 'spec.topology.workers.machinePools',
      name: 'name',
      replicas: 'replicas',
    },
  ],
};

/** The ClusterClass that a Cluster names. */
function classOf(
  { metadata, spec }: KubernetesObject,
  { repository, onHub }: ProvisionerContext,
): KubernetesObject | undefined {
  const { class: className, classNamespace, classRef } = spec.topology;
  const name = classRef?.name ?? className;
  const namespace = classRef?.namespace ?? classNamespace ?? metadata.namespace;
  return [
    ...declaredDefinitions(repository).objects.map(({ object }) => object),
    ...onHub,
  ].find(
    object =>
      object.kind === 'ClusterClass' &&
      object.apiVersion?.startsWith(`${GROUP}/`) &&
      object.metadata.name === name &&
      object.metadata.namespace === namespace,
  );
}

/** What Cluster API's webhook checks of a topology against its ClusterClass, where that is known. */
function checkTopology(
  claim: KubernetesObject,
  context: ProvisionerContext,
): SchemaViolation[] {
  const clusterClass = classOf(claim, context);
  if (!clusterClass) return [];
  const { name } = clusterClass.metadata;
  return [
    ...checkVariables(claim, clusterClass),
    ...(['machineDeployments', 'machinePools'] as const).flatMap(field => {
      const classes = items(clusterClass.spec?.workers?.[field]).map(
        worker => worker.class,
      );
      return items(claim.spec.topology.workers?.[field]).flatMap(
        (worker, index) =>
          classes.includes(worker.class)
            ? []
            : [
                violation(
                  [...TOPOLOGY, 'workers', field, index, 'class'],
                  `\`${
                    worker.class
                  }\` is not in ClusterClass \`${name}\`. It has: ${classes.join(
                    ', ',
                  )}`,
                ),
              ],
      );
    }),
  ];
}

function checkVariables(
  claim: KubernetesObject,
  clusterClass: KubernetesObject,
): SchemaViolation[] {
  const given = items(claim.spec.topology.variables);
  const known = items(clusterClass.spec?.variables);
  const path = [...TOPOLOGY, 'variables'];
  const missing = known
    .filter(
      ({ name, required, schema }) =>
        required &&
        schema?.openAPIV3Schema?.default === undefined &&
        !given.some(variable => variable.name === name),
    )
    .map(({ name }) =>
      violation(
        path,
        `lacks \`${name}\`, which ClusterClass \`${clusterClass.metadata.name}\` needs`,
      ),
    );
  const wrong = given.flatMap(({ name, value }, index) => {
    const variable = known.find(candidate => candidate.name === name);
    if (!variable)
      return [
        violation(
          [...path, index, 'name'],
          `\`${name}\` is no variable of ClusterClass \`${clusterClass.metadata.name}\``,
        ),
      ];
    const schema = closedSchema(variable.schema?.openAPIV3Schema ?? {});
    return validate(schema, value).violations.map(found =>
      violation([...path, index, 'value', ...found.path], found.message),
    );
  });
  return [...missing, ...wrong];
}

function items(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}
