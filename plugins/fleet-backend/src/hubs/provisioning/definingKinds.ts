import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import {
  projectCompositeResourceDefinition,
  projectResourceGraphDefinition,
} from '../projection';
import type { ReflectorSink } from '../reflector';
import type { WatchedResource } from '../watchedResource';
import {
  type ClusterKinds,
  crossplaneResources,
  kroKinds,
} from './provisioningKinds';

/** An API whose objects define the kinds of claims. */
interface DefiningApi {
  group: string;
  /** Those that we can read, the best first. */
  versions: string[];
  plural: string;
  kind: string;
  /** What a definition says of its kinds; nothing where none of them is a cluster. */
  kinds(definition: KubernetesObject, clusterKinds: ClusterKinds): object[];
  project(definition: KubernetesObject): KubernetesObject;
}

export const CROSSPLANE: DefiningApi = {
  group: 'apiextensions.crossplane.io',
  versions: ['v2', 'v1'],
  plural: 'compositeresourcedefinitions',
  kind: 'CompositeResourceDefinition',
  kinds: crossplaneResources,
  project: projectCompositeResourceDefinition,
};

export const KRO: DefiningApi = {
  group: 'kro.run',
  versions: ['v1alpha1'],
  plural: 'resourcegraphdefinitions',
  kind: 'ResourceGraphDefinition',
  kinds: kroKinds,
  project: projectResourceGraphDefinition,
};

/**
 * The definitions of an API. All are kept: what a blueprint makes clusters from may have any name, and claims are checked by
 * their definition.
 */
export function definingResource(
  api: DefiningApi,
  version: string,
): WatchedResource {
  const { group, plural, kind, project } = api;
  return {
    kind: 'Definition',
    groupPath: `/apis/${group}/${version}`,
    plural,
    name: `${plural}.${group}`,
    clusterScoped: true,
    // Not every API server writes the kind into the items of a list.
    project: object =>
      project({ ...object, apiVersion: `${group}/${version}`, kind }),
  };
}

/** The definitions that a hub has at this moment, by what reflectors deliver of them. */
export class DefinitionCopies {
  readonly #copies = new Map<string, Map<string, KubernetesObject>>();
  #kinds = '';

  /** @param onChange - called when other kinds are defined than before, not for each write of a definition */
  constructor(
    private readonly clusterKinds: ClusterKinds,
    private readonly onChange: () => void,
  ) {}

  /** The definitions of one API. */
  of({ kind }: DefiningApi): KubernetesObject[] {
    return [...this.#copies.values()].flatMap(copy =>
      [...copy.values()].filter(definition => definition.kind === kind),
    );
  }

  /** What takes the definitions of one resource and passes them on. */
  sink(resource: string, next: ReflectorSink): ReflectorSink {
    const copy = new Map<string, KubernetesObject>();
    this.#copies.set(resource, copy);
    const put = (object: KubernetesObject) =>
      copy.set(object.metadata.name, object);
    return {
      // The whole follows.
      merge: objects => next.merge(objects),
      replace: objects => {
        copy.clear();
        objects.forEach(put);
        next.replace(objects);
        this.#compare();
      },
      upsert: object => {
        put(object);
        next.upsert(object);
        this.#compare();
      },
      remove: object => {
        copy.delete(object.metadata.name);
        next.remove(object);
        this.#compare();
      },
    };
  }

  /** The resource is not read any more. */
  forget(resource: string) {
    this.#copies.delete(resource);
    this.#compare();
  }

  #compare() {
    const kinds = JSON.stringify(
      [CROSSPLANE, KRO].map(api =>
        this.of(api).map(definition =>
          api.kinds(definition, this.clusterKinds),
        ),
      ),
    );
    if (kinds === this.#kinds) return;
    this.#kinds = kinds;
    this.onChange();
  }
}
