import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { defined, pick, projectMetadata } from './metadata';

/**
 * A CustomResourceDefinition with the schemas of its served versions, which is what a claim is checked against.
 *
 * Source: `apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go`.
 */
export function projectCustomResourceDefinition(
  object: KubernetesObject,
): KubernetesObject {
  const { spec = {} } = object;
  return definition(object, {
    ...pick(spec, ['group', 'scope']),
    names: pick(spec.names, ['kind', 'plural']),
    versions: servedVersions(spec.versions),
  });
}

/**
 * A Crossplane CompositeResourceDefinition with the schemas of its served versions.
 *
 * Source: Crossplane `apis/apiextensions/v1,v2/xrd_types.go`.
 */
export function projectCompositeResourceDefinition(
  object: KubernetesObject,
): KubernetesObject {
  const { spec = {} } = object;
  return definition(object, {
    ...pick(spec, ['group', 'scope']),
    names: pick(spec.names, ['kind', 'plural']),
    claimNames: pick(spec.claimNames, ['kind', 'plural']),
    versions: servedVersions(spec.versions),
  });
}

/**
 * A KRO ResourceGraphDefinition with the schema of its instances, without the resources that it makes of them.
 *
 * Source: KRO `api/v1alpha1/resourcegraphdefinition_types.go`.
 */
export function projectResourceGraphDefinition(
  object: KubernetesObject,
): KubernetesObject {
  return definition(object, {
    schema: pick(object.spec?.schema, [
      'group',
      'apiVersion',
      'kind',
      'scope',
      'spec',
      'types',
    ]),
  });
}

/**
 * A ClusterClass of Cluster API: its variables and the names of its classes of workers.
 *
 * Source: Cluster API `api/core/v1beta1,v1beta2/clusterclass_types.go`.
 */
export function projectClusterClass(
  object: KubernetesObject,
): KubernetesObject {
  const { variables, workers = {} } = object.spec ?? {};
  const classes = (found: unknown) =>
    Array.isArray(found)
      ? found.map(worker => pick(worker, ['class']))
      : undefined;
  return definition(object, {
    variables: Array.isArray(variables)
      ? variables.map(variable =>
          defined({
            ...pick(variable, ['name', 'required']),
            schema: withoutDescriptions(variable?.schema),
          }),
        )
      : undefined,
    workers: defined({
      machineDeployments: classes(workers.machineDeployments),
      machinePools: classes(workers.machinePools),
    }),
  });
}

function definition(
  object: KubernetesObject,
  spec: Record<string, any>,
): KubernetesObject {
  const { apiVersion, kind } = object;
  const { labels: _, annotations: __, ...metadata } = projectMetadata(object);
  return { apiVersion, kind, metadata, spec: defined(spec) };
}

function servedVersions(versions: unknown) {
  return Array.isArray(versions)
    ? versions
        .filter(version => version?.served !== false)
        .map(version =>
          defined({
            ...pick(version, ['name', 'served', 'storage', 'referenceable']),
            schema: version?.schema?.openAPIV3Schema && {
              openAPIV3Schema: withoutDescriptions(
                version.schema.openAPIV3Schema,
              ),
            },
          }),
        )
    : undefined;
}

/** Schemas by name: here `description` is a field that is described, and no description. */
const NAMED_SCHEMAS = new Set([
  'properties',
  'patternProperties',
  'definitions',
]);

/** A JSON schema without what is written for people, which is most of it. */
function withoutDescriptions(schema: any): any {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept: Record<string, any> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'description' || key === 'example') continue;
    if (['default', 'enum'].includes(key)) kept[key] = value;
    else if (NAMED_SCHEMAS.has(key) && value && typeof value === 'object') {
      kept[key] = Object.fromEntries(
        Object.entries(value).map(([name, of]) => [
          name,
          withoutDescriptions(of),
        ]),
      );
    } else kept[key] = withoutDescriptions(value);
  }
  return kept;
}
