import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { simpleSchemaToOpenApi } from '@backstage-fleet/plugin-fleet-gitops';
import { customResourceDefinition } from '../../customResources';

export const GROUP = 'kro.run';

/** AWS Controllers for Kubernetes, which examples of KRO make clusters from. */
export const CLOUD_GROUP = 'eks.services.k8s.aws';
export const CLOUD_KINDS = ['Cluster', 'Nodegroup', 'Addon'];

/**
 * The CustomResourceDefinitions of KRO, and of the cloud resources that its graphs are made of here.
 *
 * Source: kubernetes-sigs/kro `api/v1alpha1`; aws-controllers-k8s/eks-controller `config/crd`.
 */
export function kroDefinitions(): KubernetesObject[] {
  return [
    customResourceDefinition({
      group: GROUP,
      kind: 'ResourceGraphDefinition',
      scope: 'Cluster',
      shortNames: ['rgd'],
      versions: [
        {
          name: 'v1alpha1',
          columns: [
            {
              name: 'APIVERSION',
              type: 'string',
              jsonPath: '.spec.schema.apiVersion',
            },
            { name: 'KIND', type: 'string', jsonPath: '.spec.schema.kind' },
            { name: 'STATE', type: 'string', jsonPath: '.status.state' },
            {
              name: 'AGE',
              type: 'date',
              jsonPath: '.metadata.creationTimestamp',
            },
          ],
        },
      ],
    }),
    ...CLOUD_KINDS.map(kind =>
      customResourceDefinition({
        group: CLOUD_GROUP,
        kind,
        versions: [{ name: 'v1alpha1' }],
      }),
    ),
  ];
}

/** The definition of the instances that a ResourceGraphDefinition offers. Throws where its schema cannot be read. */
export function instanceDefinition(
  definition: KubernetesObject,
): KubernetesObject {
  const { schema } = definition.spec as any;
  return customResourceDefinition(
    {
      group: schema.group ?? GROUP,
      kind: schema.kind,
      versions: [
        {
          name: schema.apiVersion,
          schema: {
            type: 'object',
            properties: {
              spec: simpleSchemaToOpenApi(schema.spec ?? {}, schema.types),
            },
          },
          columns: [
            { name: 'STATE', type: 'string', jsonPath: '.status.state' },
            {
              name: 'AGE',
              type: 'date',
              jsonPath: '.metadata.creationTimestamp',
            },
          ],
        },
      ],
    },
    {
      labels: { 'kro.run/owned': 'true' },
      ownerReferences: [
        {
          apiVersion: definition.apiVersion!,
          kind: 'ResourceGraphDefinition',
          name: definition.metadata.name,
          uid: definition.metadata.uid!,
        },
      ],
    },
  );
}
