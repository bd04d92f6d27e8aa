import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ObjectStore, Resource } from '../objects';
import { prepareSecret } from '../objects/secrets';
import { trackingApplication } from './resourceKey';
import { isSubset } from './subset';
import type { ApplyResult, ResourceKey, TargetCluster } from './types';

/** The hub itself as a target (`in-cluster`): what is applied goes through its own API. */
export class HubCluster implements TargetCluster {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  get(key: ResourceKey): KubernetesObject | undefined {
    const resource = this.#resource(key);
    return resource && this.#store.find(resource, location(key));
  }

  apply(object: KubernetesObject, namespace: string): ApplyResult {
    const [group, version] = object.apiVersion?.includes('/')
      ? object.apiVersion.split('/')
      : ['', object.apiVersion ?? 'v1'];
    const key: ResourceKey = {
      group,
      version,
      kind: object.kind ?? '',
      namespace: object.metadata.namespace ?? namespace,
      name: object.metadata.name,
    };
    const resource = this.#resource(key);
    if (!resource) {
      throw new Error(
        `The Kubernetes API could not find ${group}/${key.kind} for requested resource ${key.namespace}/${key.name}. Make sure the "${key.kind}" CRD is installed on the destination cluster.`,
      );
    }
    const live = this.#store.find(resource, location(key));
    if (!live) {
      this.#store.create(resource, object);
      return 'created';
    }
    if (this.matches(object, live)) return 'unchanged';
    const desired = asStored(object);
    this.#store.modify(resource, location(key), draft => {
      const { metadata, status: _ignored, ...rest } = desired;
      // What Git no longer says goes; what others added to the metadata stays.
      for (const field of Object.keys(draft)) {
        if (!['metadata', 'status', 'apiVersion', 'kind'].includes(field)) {
          delete draft[field];
        }
      }
      Object.assign(draft, rest);
      draft.metadata.labels = metadata.labels;
      draft.metadata.annotations = metadata.annotations;
    });
    return 'configured';
  }

  remove(key: ResourceKey): void {
    const resource = this.#resource(key);
    if (resource && this.#store.find(resource, location(key))) {
      this.#store.remove(resource, location(key));
    }
  }

  trackedBy(application: string): KubernetesObject[] {
    return this.#store.resources().flatMap(resource =>
      this.#store
        .list(resource)
        .items.filter(object => trackingApplication(object) === application)
        .map(object => ({
          apiVersion: resource.group
            ? `${resource.group}/${resource.version}`
            : resource.version,
          kind: resource.kind,
          ...object,
        })),
    );
  }

  matches(desired: KubernetesObject, live: KubernetesObject): boolean {
    const wanted = asStored(desired);
    return (
      isSubset(wanted, {
        apiVersion: desired.apiVersion,
        kind: desired.kind,
        ...live,
      }) &&
      // A label or annotation that Git no longer has is a difference, since it was Git that put it there.
      isSubset(live.metadata.labels ?? {}, wanted.metadata.labels ?? {})
    );
  }

  #resource(key: ResourceKey): Resource | undefined {
    return this.#store.findKind(key.group, key.kind);
  }
}

function location(key: ResourceKey) {
  return {
    name: key.name,
    ...(key.namespace ? { namespace: key.namespace } : {}),
  };
}

function asStored(object: KubernetesObject): KubernetesObject {
  return object.kind === 'Secret' ? prepareSecret(object) : object;
}
