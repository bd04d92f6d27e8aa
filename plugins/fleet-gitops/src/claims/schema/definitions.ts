import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError } from '@backstage/errors';
import type { RepositorySnapshot } from '../../model/repository';
import { declaredDefinitions } from '../declaredObjects';
import type { JsonSchema } from '../types';
import { CrossplaneObject, crossplaneSchema } from './crossplane';
import { simpleSchemaToOpenApi } from './simpleSchema';
import { closedSchema } from './structuralSchema';

/** A kind of object, and the schema of one version of it. */
export interface ClaimDefinition {
  /** The JSON schema of an object. */
  schema: JsonSchema;
  /** What says it, for messages: `platform/kro/ekscluster.yaml` or `the hub’s CustomResourceDefinition eksclusters.kro.run`. */
  source: string;
  /** What kind of object it is to Crossplane; absent where it is none of Crossplane's. */
  crossplane?: CrossplaneObject;
  isNamespaced: boolean;
}

interface Offer extends Omit<ClaimDefinition, 'schema'> {
  group: string;
  kind: string;
  versions: Map<string, () => JsonSchema>;
}

const DEFAULT_KRO_GROUP = 'kro.run';

function ofCrd({ spec }: KubernetesObject, source: string): Offer[] {
  return [
    {
      group: spec.group,
      kind: spec.names?.kind,
      source,
      isNamespaced: spec.scope === 'Namespaced',
      versions: new Map(
        list(spec.versions)
          .filter(({ served }) => served !== false)
          .map(({ name, schema }) => [name, () => schema?.openAPIV3Schema]),
      ),
    },
  ];
}

function ofXrd(
  { apiVersion, spec }: KubernetesObject,
  source: string,
): Offer[] {
  // Source: crossplane `apis/apiextensions/v1,v2/xrd_types.go`, the default of `scope`.
  const scope =
    spec.scope ??
    (apiVersion?.endsWith('/v1') ? 'LegacyCluster' : 'Namespaced');
  const isLegacy = scope === 'LegacyCluster';
  const offer = (kind: string, crossplane: CrossplaneObject): Offer => ({
    group: spec.group,
    kind,
    source,
    crossplane,
    isNamespaced: crossplane === 'claim' || scope === 'Namespaced',
    versions: new Map(
      list(spec.versions)
        .filter(({ served }) => served !== false)
        .map(({ name, schema }) => [
          name,
          () => crossplaneSchema(schema?.openAPIV3Schema, crossplane),
        ]),
    ),
  });
  const composite = offer(
    spec.names?.kind,
    isLegacy ? 'legacy-composite' : 'composite',
  );
  return isLegacy && spec.claimNames?.kind
    ? [composite, offer(spec.claimNames.kind, 'claim')]
    : [composite];
}

function ofRgd({ spec }: KubernetesObject, source: string): Offer[] {
  const { schema } = spec;
  if (!schema) return [];
  return [
    {
      group: schema.group ?? DEFAULT_KRO_GROUP,
      kind: schema.kind,
      source,
      isNamespaced: schema.scope !== 'Cluster',
      versions: new Map([
        [
          schema.apiVersion,
          () => ({
            type: 'object',
            properties: {
              spec: simpleSchemaToOpenApi(schema.spec ?? {}, schema.types),
              status: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
              },
            },
          }),
        ],
      ]),
    },
  ];
}

function list(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

const READERS: Record<
  string,
  { group: string; read(object: KubernetesObject, source: string): Offer[] }
> = {
  CustomResourceDefinition: { group: 'apiextensions.k8s.io', read: ofCrd },
  CompositeResourceDefinition: {
    group: 'apiextensions.crossplane.io',
    read: ofXrd,
  },
  ResourceGraphDefinition: { group: 'kro.run', read: ofRgd },
};

function offersOf(object: KubernetesObject, source: string): Offer[] {
  const reader = Object.hasOwn(READERS, object.kind ?? '')
    ? READERS[object.kind!]
    : undefined;
  return reader && groupOf(object.apiVersion) === reader.group && object.spec
    ? reader.read(object, source)
    : [];
}

function groupOf(apiVersion: string | undefined): string {
  return apiVersion?.split('/')[0] ?? '';
}

/** All kinds of claims that a repository and a hub define. */
export function listDefinitions(
  repository: RepositorySnapshot,
  onHub: readonly KubernetesObject[] = [],
): Array<Offer> {
  return [
    ...declaredDefinitions(repository).objects.flatMap(({ object, file }) =>
      offersOf(object, file),
    ),
    ...onHub.flatMap(object =>
      offersOf(object, `the hub’s ${object.kind} ${object.metadata.name}`),
    ),
  ];
}

/**
 * The schema of a kind of claim, from the repository or else the hub.
 *
 * @returns `undefined` where neither defines it
 * @throws `ConflictError` where the kind is defined without that version, or its definition is wrong
 */
export function findDefinition(
  { apiVersion, kind }: { apiVersion?: string; kind?: string },
  repository: RepositorySnapshot,
  onHub: readonly KubernetesObject[] = [],
): ClaimDefinition | undefined {
  const [group, version] = (apiVersion ?? '').split('/');
  const found = listDefinitions(repository, onHub).find(
    offer => offer.group === group && offer.kind === kind,
  );
  if (!found) return undefined;
  const { source, crossplane, isNamespaced, versions } = found;
  const schema = versions.get(version);
  if (!schema) {
    throw new ConflictError(
      `${source} defines ${kind} without the version \`${version}\`. It has: ${[
        ...versions.keys(),
      ].join(', ')}.`,
    );
  }
  try {
    return {
      source,
      isNamespaced,
      ...(crossplane ? { crossplane } : {}),
      schema: closedSchema(schema(), { isObject: true }),
    };
  } catch (error) {
    throw new ConflictError(
      `${source} cannot be read as the definition of ${kind}: ${
        (error as Error).message
      }.`,
    );
  }
}
