import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  HubStatus,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';

/**
 * The kinds of objects that a hub source delivers.
 *
 * @remarks
 * `Cluster` is a cluster registered in Argo CD. `Claim` is what a cluster is made from, whatever its own kind: a Cluster of
 * Cluster API, a Crossplane claim or XR, a KRO instance. `ClaimPart` is a MachineDeployment or control plane of Cluster
 * API. `Definition` is what says which fields a claim may have: a CustomResourceDefinition, CompositeResourceDefinition,
 * ResourceGraphDefinition or ClusterClass. Objects of these three carry their own `apiVersion` and `kind`.
 *
 * @public
 */
export type HubObjectKind =
  | 'Application'
  | 'ApplicationSet'
  | 'AppProject'
  | 'Cluster'
  | 'Claim'
  | 'ClaimPart'
  | 'Definition';

/**
 * What a source says about its connection, for one kind. It is data, not an exception.
 *
 * @public
 */
export interface HubConnectionState {
  status: HubStatus;
  /** When the hub last said anything, ISO 8601. */
  observedAt?: string;
  /** Since when it is in this status, ISO 8601. */
  since: string;
  /** What is wrong and what to do, where not live. */
  message?: string;
}

/**
 * Receives what a hub source finds. Objects arrive slimmed (see the backend's projection); a cluster arrives without any
 * byte of its credentials.
 *
 * @public
 */
export interface HubSink {
  /**
   * A part of a list that is being read: these objects are as given, of others it says nothing. `replace` ends the list.
   */
  merge(kind: HubObjectKind, objects: KubernetesObject[]): void;
  /** The whole truth for a kind; what is not in it is gone. */
  replace(kind: HubObjectKind, objects: KubernetesObject[]): void;
  upsert(kind: HubObjectKind, object: KubernetesObject): void;
  remove(kind: HubObjectKind, object: KubernetesObject): void;
  state(kind: HubObjectKind, state: HubConnectionState): void;
}

/**
 * What Argo CD can be asked to do with an Application. `hard` makes the manifests anew instead of taking them from the
 * cache.
 *
 * @public
 */
export type ApplicationRequest =
  | {
      action: 'sync';
      /** Default: what the Application follows. */
      revision?: string;
      /** Delete what is no longer in Git. Default: false. */
      prune?: boolean;
    }
  | { action: 'refresh'; type: 'normal' | 'hard' };

/**
 * A way to watch a hub. One instance for each hub.
 *
 * @public
 */
export interface HubSource {
  /** Runs until the signal aborts; never throws for what a hub does. */
  run(sink: HubSink, signal: AbortSignal): Promise<void>;
  /**
   * Asks Argo CD to do something with an Application, and resolves as soon as the hub has taken it. Called only where the
   * hub's configuration says `actions: true`; a source without it is read-only.
   *
   * @param requester - who asks, an entity ref, for Argo CD's own records
   * @throws Errors of `@backstage/errors`: `ConflictError` where the Application does something else just now,
   * `NotAllowedError` that names the right which the hub's account lacks, `InputError`, `NotFoundError`, and
   * `ServiceUnavailableError` where the hub does not answer as it should
   */
  request?(
    application: { namespace: string; name: string },
    request: ApplicationRequest,
    requester: string,
  ): Promise<void>;
}

/** @public */
export interface HubSourceFactory {
  /** Key in the configuration of a hub that selects this source, for example `kubernetes`. */
  type: string;
  create(options: { hubId: string; config: Config }): HubSource;
}

/** @public */
export interface FleetHubSourcesExtensionPoint {
  addHubSource(factory: HubSourceFactory): void;
}

/** @public */
export const fleetHubSourcesExtensionPoint =
  createExtensionPoint<FleetHubSourcesExtensionPoint>({
    id: 'fleet.hub-sources',
  });
