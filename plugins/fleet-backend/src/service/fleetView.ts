import type {
  Deployment,
  KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  ClusterRecord,
  ObjectReference,
  RepositoryLookup,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import type { FleetView, ObservedCluster } from '../changes';
import { FleetStore, toDeployment } from '../store';
import { claimsOfHub, FoundClaim, versionIn } from '../store/claims';
import { hubSnapshot } from '../store/hubSnapshot';

/** What the write path sees of the store. */
export function createFleetView(
  store: FleetStore,
  repositories: RepositoryLookup,
): FleetView {
  const known = (hubs: string[]) =>
    hubs.filter(id => store.hubs.some(hub => hub.id === id));

  return {
    hub(hubs) {
      const clusters: ClusterRecord[] = [];
      const definitions: KubernetesObject[] = [];
      let self: string | undefined;
      let projects: string[] | undefined = [];
      let newGitFileGlobbing: boolean | undefined;
      for (const id of known(hubs)) {
        if (store.hubStatus(id) === 'connecting') return undefined;
        const snapshot = hubSnapshot(store, id, repositories);
        clusters.push(...snapshot.clusters);
        definitions.push(...store.objects(id, 'Definition').values());
        self = snapshot.self;
        newGitFileGlobbing ||= snapshot.newGitFileGlobbing;
        projects = snapshot.projects && projects?.concat(snapshot.projects);
      }
      return known(hubs).length === 0
        ? undefined
        : {
            clusters,
            projects,
            repositories,
            definitions,
            newGitFileGlobbing,
            // Several hubs have several clusters of their own.
            ...(known(hubs).length === 1 && self !== undefined && { self }),
          };
    },
    deployment(hubs, { namespace, name }): Deployment | undefined {
      for (const id of known(hubs)) {
        const record = store.application(`${id}/${namespace}/${name}`);
        if (record) {
          return toDeployment(
            record,
            store.hubs.find(hub => hub.id === id),
          );
        }
      }
      return undefined;
    },
    deploymentsOn: (hubs, cluster) =>
      known(hubs).flatMap(id =>
        store
          .applicationsOfCluster(`${id}/${cluster}`)
          .map(record => toDeployment(record, undefined)),
      ),
    cluster: (hubs, name) => observeCluster(store, known(hubs), name),
    hasObject: (hubs, object) => hasObject(store, known(hubs), object),
    hubsOf: (what, name) =>
      store.hubs
        .map(({ id }) => id)
        .filter(id =>
          what === 'cluster'
            ? store
                .axes()
                .clusters.some(
                  cluster => cluster.hub === id && cluster.name === name,
                )
            : store
                .applicationsOfService(name)
                .some(application => application.hub === id),
        ),
    placesOf: (hubs, service) => [
      ...new Set(
        store
          .applicationsOfService(service)
          .filter(({ hub }) => known(hubs).includes(hub))
          .flatMap(({ clusterId }) => store.cluster(clusterId)?.name ?? []),
      ),
    ],
    serviceOf: (hubs, application) =>
      serviceOf(store, known(hubs), application),
    ownerOf: service => store.declaredService(service)?.owner,
    live: hubs =>
      known(hubs).length > 0 &&
      known(hubs).every(id => store.hubStatus(id) === 'live'),
    onRevision: listener => store.onRevision(() => listener()),
  };
}

/** An Application that is not there yet is of the service of its siblings, where they are all of one. */
function serviceOf(
  store: FleetStore,
  hubs: string[],
  {
    namespace,
    name,
    applicationSet,
  }: Parameters<NonNullable<FleetView['serviceOf']>>[1],
): string | undefined {
  for (const id of hubs) {
    const record = store.application(`${id}/${namespace}/${name}`);
    if (record) return record.service;
  }
  if (!applicationSet) return undefined;
  const services = new Set(
    hubs.flatMap(id =>
      store
        .applicationsOfSet(id, namespace, applicationSet)
        .map(({ service }) => service),
    ),
  );
  return services.size === 1 ? [...services][0] : undefined;
}

/** A cluster may be made on one hub and registered in the Argo CD of another. */
function observeCluster(
  store: FleetStore,
  hubs: string[],
  name: string,
): ObservedCluster | undefined {
  const registered = hubs.some(id =>
    store.clustersOf(id).isRegistered(`${id}/${name}`),
  );
  const found = hubs
    .flatMap(id => claimsOfHub(store, id))
    .find(({ clusterName }) => clusterName === name);
  if (!registered && !found) return undefined;
  const serverVersion = hubs
    .map(id => serverVersionOf(store, id, name))
    .find(Boolean);
  return {
    registered,
    ...(serverVersion && { serverVersion }),
    ...(found && { provisioning: provisioningOf(found) }),
  };
}

function provisioningOf({
  claim: { state, sentence, since, version, parts },
  object,
}: FoundClaim): ObservedCluster['provisioning'] {
  const running = versionIn(object.status ?? {});
  const isOutdated = state === 'ready' && isOfOlderGeneration(object);
  return {
    state: isOutdated ? 'provisioning' : state,
    message: isOutdated ? 'Its last change was not looked at yet' : sentence,
    ...(since && { since }),
    ...(version && { version }),
    ...(running && { running }),
    ...(parts && { parts }),
  };
}

/** Whether the `Ready` condition tells of the claim as it was before its last change. */
function isOfOlderGeneration({ metadata, status }: KubernetesObject): boolean {
  const conditions: any[] = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  return (
    metadata.generation !== undefined &&
    ready?.observedGeneration < metadata.generation
  );
}

/** What Argo CD was told by the cluster; a label that people set is no answer of the cluster. */
function serverVersionOf(
  store: FleetStore,
  hub: string,
  name: string,
): string | undefined {
  for (const { metadata, spec, status } of store
    .objects(hub, 'Cluster')
    .values()) {
    if (spec?.name === name)
      return (
        status?.serverVersion ??
        metadata.labels?.['argocd.argoproj.io/kubernetes-version']
      );
  }
  return undefined;
}

/**
 * What is absent is gone only where its kind is being watched right now: an object that was not read yet, or that the hub
 * does not tell any more, may still be there.
 */
function hasObject(
  store: FleetStore,
  hubs: string[],
  object: ObjectReference,
): boolean | undefined {
  const kind = watchedAs(object);
  const answers = hubs.map((id): boolean | undefined => {
    const isThere = [...store.objects(id, kind).values()].some(
      ({ apiVersion, kind: itsKind, metadata }) =>
        metadata.name === object.name &&
        (!object.namespace || metadata.namespace === object.namespace) &&
        (kind === 'Cluster' ||
          (itsKind === object.kind &&
            groupOf(apiVersion) === groupOf(object.apiVersion))),
    );
    if (isThere) return true;
    const watched = store
      .connections(id)
      .kinds(() => 0)
      .find(state => state.kind === kind);
    return watched && watched.status !== 'live';
  });
  if (answers.includes(true)) return true;
  return answers.includes(false) ? false : undefined;
}

/** The Secrets that a change takes away register clusters; everything else is what a cluster is made from. */
function watchedAs({ kind, apiVersion }: ObjectReference): HubObjectKind {
  return kind === 'Secret' && apiVersion === 'v1' ? 'Cluster' : 'Claim';
}

/** The version may be another one on the hub. */
function groupOf(apiVersion = ''): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? '' : group;
}
