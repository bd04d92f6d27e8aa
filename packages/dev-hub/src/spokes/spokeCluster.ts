import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { Clock } from '../clock';
import {
  keyText,
  resourceKey,
  TRACKING_ANNOTATION,
  trackingApplication,
} from './resourceKey';
import { DEFAULT_NODE, type NodeCapacity, unschedulable } from './scheduling';
import { hasAllFields, isSubset, withoutStatus } from './subset';
import type { ApplyResult, ResourceKey, TargetCluster } from './types';

/** Kubernetes' default for `progressDeadlineSeconds`. */
const PROGRESS_DEADLINE_SECONDS = 600;

const WORKLOADS = new Set(['Deployment', 'StatefulSet']);

/**
 * A workload cluster: keeps what is applied to it, and rolls workloads out in time, pod by pod, as far as its nodes have
 * room for them.
 */
export class SpokeCluster implements TargetCluster {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #rollouts = new Map<string, () => void>();
  readonly #listeners = new Set<(object: KubernetesObject) => void>();
  readonly #clock: Clock;
  readonly #node: NodeCapacity;
  readonly #podStartMilliseconds: () => number;

  constructor(options: {
    clock: Clock;
    node?: NodeCapacity;
    /** How long a pod takes from scheduled to ready. Default: two to three seconds. */
    podStartMilliseconds?: () => number;
  }) {
    this.#clock = options.clock;
    this.#node = options.node ?? DEFAULT_NODE;
    this.#podStartMilliseconds =
      options.podStartMilliseconds ?? (() => 2000 + Math.random() * 1000);
  }

  /** Hears of every change that the cluster itself makes to an object. */
  onChange(listener: (object: KubernetesObject) => void): void {
    this.#listeners.add(listener);
  }

  get(key: ResourceKey): KubernetesObject | undefined {
    return this.#objects.get(keyText(key));
  }

  apply(object: KubernetesObject, namespace: string): ApplyResult {
    const key = resourceKey(object, namespace);
    const text = keyText(key);
    const live = this.#objects.get(text);
    if (live && this.matches(object, live)) return 'unchanged';

    const specChanged =
      !live ||
      !isSubset(object.spec, live.spec) ||
      !hasAllFields(object.spec, live.spec);
    const { status: _ignored, ...desired } = object;
    const applied: KubernetesObject = {
      ...desired,
      metadata: {
        ...object.metadata,
        ...(key.namespace ? { namespace: key.namespace } : {}),
        creationTimestamp:
          live?.metadata.creationTimestamp ?? this.#clock.now().toISOString(),
        generation: (live?.metadata.generation ?? 0) + (specChanged ? 1 : 0),
      },
      ...(live?.status ? { status: live.status } : {}),
    };
    this.#objects.set(text, applied);
    if (specChanged && WORKLOADS.has(key.kind)) this.#rollOut(text);
    return live ? 'configured' : 'created';
  }

  remove(key: ResourceKey): void {
    const text = keyText(key);
    this.#rollouts.get(text)?.();
    this.#rollouts.delete(text);
    this.#objects.delete(text);
  }

  trackedBy(application: string): KubernetesObject[] {
    return [...this.#objects.values()].filter(
      object => trackingApplication(object) === application,
    );
  }

  matches(desired: KubernetesObject, live: KubernetesObject): boolean {
    const annotations = { ...live.metadata.annotations };
    const tracked = desired.metadata.annotations?.[TRACKING_ANNOTATION];
    // Which Application tracks it is asked for by itself.
    if (tracked) annotations[TRACKING_ANNOTATION] = tracked;
    else delete annotations[TRACKING_ANNOTATION];
    const compared = { ...live, metadata: { ...live.metadata, annotations } };
    // Nobody else adds fields here, so one that is not desired any more is a difference.
    return (
      isSubset(desired, compared) &&
      hasAllFields(withoutStatus(desired), withoutStatus(compared))
    );
  }

  #rollOut(text: string) {
    this.#rollouts.get(text)?.();
    const object = this.#objects.get(text)!;
    const wanted = object.spec?.replicas ?? 1;
    const blocked = unschedulable(object, this.#node);
    // The old pods keep serving until new ones are ready, so the images that run stay what they were.
    const keptImages = runningImages(object);
    if (object.spec?.paused) {
      this.#setStatus(text, {
        observedGeneration: object.metadata.generation,
        replicas: object.status?.replicas ?? 0,
      });
      return;
    }
    const images = podImages(object);
    this.#setStatus(text, {
      observedGeneration: object.metadata.generation,
      replicas: wanted,
      updatedReplicas: blocked ? 0 : Math.min(1, wanted),
      readyReplicas: 0,
      availableReplicas: 0,
      conditions: [],
      runningImages: keptImages.length > 0 ? keptImages : images,
    });
    if (blocked) {
      this.#rollouts.set(
        text,
        this.#clock.after(PROGRESS_DEADLINE_SECONDS * 1000, () =>
          this.#setStatus(text, {
            conditions: [
              {
                type: 'Progressing',
                status: 'False',
                reason: 'ProgressDeadlineExceeded',
                message: blocked,
              },
            ],
          }),
        ),
      );
      return;
    }
    this.#startPod(text, 1, wanted, images);
  }

  #startPod(text: string, ready: number, wanted: number, images: string[]) {
    this.#rollouts.set(
      text,
      this.#clock.after(this.#podStartMilliseconds(), () => {
        this.#setStatus(text, {
          updatedReplicas: Math.min(ready + 1, wanted),
          readyReplicas: Math.min(ready, wanted),
          availableReplicas: Math.min(ready, wanted),
          runningImages: images,
        });
        if (ready < wanted) this.#startPod(text, ready + 1, wanted, images);
      }),
    );
  }

  #setStatus(text: string, status: Record<string, unknown>) {
    const object = this.#objects.get(text);
    if (!object) return;
    const changed = { ...object, status: { ...object.status, ...status } };
    this.#objects.set(text, changed);
    for (const listener of this.#listeners) listener(changed);
  }
}

/** Images of the pods that run for a live object; the old ones until new pods are ready. */
export function runningImages(object: KubernetesObject): string[] {
  return object.status?.runningImages ?? [];
}

function podImages(object: KubernetesObject): string[] {
  const pod = object.spec?.template?.spec ?? {};
  return [...(pod.initContainers ?? []), ...(pod.containers ?? [])].map(
    (container: { image: string }) => container.image,
  );
}
