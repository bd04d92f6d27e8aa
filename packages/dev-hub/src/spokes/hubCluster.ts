import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ObjectStore, Resource } from '../objects';
import { prepareSecret } from '../objects/secrets';
import { keyText, resourceKey, trackingApplication } from './resourceKey';
import type { SpokeCluster } from './spokeCluster';
import { hasAllFields, isRecord, isSubset, withoutStatus } from './subset';
import type { ApplyResult, ResourceKey, TargetCluster } from './types';

/** API groups of workloads and what goes with them, which the hub's API does not serve itself. */
const WORKLOAD_GROUPS = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
]);

/** The hub itself as a target (`in-cluster`): what is applied goes through its own API; workloads run beside it. */
export class HubCluster implements TargetCluster {
  readonly #store: ObjectStore;
  /** What was applied last, by object: what is no longer in it is taken away (`last-applied-configuration`). */
  readonly #applied = new Map<string, KubernetesObject>();

  readonly #workloads?: SpokeCluster;

  constructor(store: ObjectStore, workloads?: SpokeCluster) {
    this.#store = store;
    this.#workloads = workloads;
  }

  /** Hears of every change that the cluster itself makes to a workload. */
  onChange(listener: (object: KubernetesObject) => void): void {
    this.#workloads?.onChange(listener);
  }

  get(key: ResourceKey): KubernetesObject | undefined {
    const resource = this.#resource(key);
    if (!resource) return this.#workloads?.get(key);
    const live = this.#store.find(resource, location(key));
    return live && (resource.conversion?.fromStorage(live) ?? live);
  }

  apply(object: KubernetesObject, namespace: string): ApplyResult {
    const key = resourceKey(object, namespace);
    const resource = this.#resource(key);
    if (!resource && this.#workloads && WORKLOAD_GROUPS.has(key.group)) {
      return this.#workloads.apply(object, namespace);
    }
    if (!resource) {
      throw new Error(
        `The Kubernetes API could not find ${key.group}/${key.kind} for requested resource ${key.namespace}/${key.name}. Make sure the "${key.kind}" CRD is installed on the destination cluster.`,
      );
    }
    const wanted = asStored(resource.conversion?.toStorage(object) ?? object);
    const live = this.#store.find(resource, location(key));
    const previous = live && this.#applied.get(keyText(key));
    if (!live) this.#store.create(resource, wanted);
    const merged =
      live &&
      this.#store.modify(resource, location(key), draft => {
        mergeApplied(draft, withoutStatus(wanted), withoutStatus(previous));
      });
    // Remembered only when the API took it.
    this.#applied.set(keyText(key), structuredClone(wanted));
    if (!live || !merged) return 'created';
    return merged.metadata.resourceVersion === live.metadata.resourceVersion
      ? 'unchanged'
      : 'configured';
  }

  remove(key: ResourceKey): void {
    const resource = this.#resource(key);
    if (!resource) this.#workloads?.remove(key);
    else if (this.#store.find(resource, location(key))) {
      this.#store.remove(resource, location(key));
    }
  }

  trackedBy(application: string): KubernetesObject[] {
    const own = this.#store.resources().flatMap(resource =>
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
    return [...own, ...(this.#workloads?.trackedBy(application) ?? [])];
  }

  matches(desired: KubernetesObject, live: KubernetesObject): boolean {
    const resource = this.#resource(resourceKey(desired, ''));
    if (!resource && this.#workloads) {
      return this.#workloads.matches(desired, live);
    }
    const wanted = asStored(desired);
    const previous = this.#applied.get(keyText(resourceKey(desired, '')));
    const stored = resource?.conversion?.toStorage(wanted) ?? wanted;
    return (
      isSubset(wanted, {
        apiVersion: desired.apiVersion,
        kind: desired.kind,
        ...live,
      }) &&
      // What was applied and is no longer wanted is a difference.
      (!previous ||
        hasAllFields(withoutStatus(stored), withoutStatus(previous)))
    );
  }

  #resource(key: ResourceKey): Resource | undefined {
    const stored = this.#store.findKind(key.group, key.kind);
    return (
      stored &&
      (this.#store.findResource(key.group, key.version, stored.plural) ??
        stored)
    );
  }
}

/**
 * Merges what is wanted into what is live: fields that were wanted before and are not any more go, fields that others
 * added stay. Lists are taken as a whole.
 */
function mergeApplied(
  live: Record<string, any>,
  wanted: Record<string, any>,
  previous: Record<string, any> = {},
): void {
  for (const key of Object.keys(previous)) {
    if (!(key in wanted)) delete live[key];
  }
  for (const [key, value] of Object.entries(wanted)) {
    if (isRecord(value) && isRecord(live[key])) {
      const before = isRecord(previous[key]) ? previous[key] : {};
      mergeApplied(live[key], value, before);
    } else if (!isSubset(value, live[key])) live[key] = structuredClone(value);
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
