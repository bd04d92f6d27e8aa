import type { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { clusterId, type ClusterEntry, toCluster } from '../../store';
import { claimsOfHub, type FoundClaim } from '../../store/claims';
import { notModified } from '../../http/notModified';
import { clusterFilter, textFilter } from '../query/filters';
import { paginate } from '../query/page';
import type { FleetRouter, ReadRoutesOptions } from '../types';
import type { Visibility } from '../visibility';

/** `GET /clusters` */
export function registerClusters(
  router: FleetRouter,
  options: ReadRoutesOptions,
) {
  const { store, repositories, visibilities } = options;
  router.get('/clusters', async (request, response) => {
    const visible = await visibilities.ofRequest(
      request,
      'clusters',
      'see clusters',
    );
    const { query } = request;
    if (
      notModified(
        request,
        response,
        store.revision,
        visible.viewer,
        repositories.heads,
      )
    ) {
      return;
    }
    const asked = clusterFilter(store, visible, query);
    const contains = textFilter(query.text);
    const items = allClusters(options)
      .filter(({ entry }) => visible.cluster(entry) && asked(entry))
      .filter(({ entry }) => contains(entry.name, entry.server));
    const page = paginate(items, query, {
      id: ({ entry }) => entry.id,
      fields: {
        place: placeOf,
        name: ({ entry }) => entry.name,
        region: ({ entry }) => entry.region,
        environment: ({ entry }) => entry.environment,
        hub: ({ entry }) => entry.hub,
        state: ({ claim }) => claim?.claim.state,
      },
    });
    response.json({
      revision: store.revision,
      hubs: visible.freshness(query.hub),
      ...page,
      items: page.items.map(known => describe(options, known, visible)),
    });
  });
}

/** Sorts behind every label. */
const LAST = '\uffff';

interface KnownCluster {
  entry: ClusterEntry;
  registered: boolean;
  /** Nothing knows it but its claim. */
  made: boolean;
  claim?: FoundClaim;
}

/** As people look for clusters: by region, environment and name, those that are only being made at the end. */
function placeOf({ entry, made }: KnownCluster): string {
  const { region = LAST, environment = LAST, name } = entry;
  return [made ? '1' : '0', region, environment, name].join('\0');
}

/** Clusters that are registered or have Applications, each with its claim, and then those that are only being made. */
function allClusters({ store }: ReadRoutesOptions): KnownCluster[] {
  const claims = store.hubs.flatMap(({ id }) => claimsOfHub(store, id));
  const taken = new Set<FoundClaim>();
  const known = store.axes().clusters.map(entry => {
    const claim =
      claims.find(
        ({ clusterName, claim: { hub } }) =>
          clusterName === entry.name && hub === entry.hub,
      ) ??
      // Made by a management cluster that is another hub.
      onlyOne(claims.filter(({ clusterName }) => clusterName === entry.name));
    if (claim) taken.add(claim);
    return {
      entry,
      registered: store.clustersOf(entry.hub).isRegistered(entry.id),
      made: false,
      claim,
    };
  });
  const made = claims
    .filter(claim => !taken.has(claim))
    .map(claim => ({
      entry: store.clustersOf(claim.claim.hub).place({
        id: clusterId(claim.claim.hub, claim.clusterName),
        hub: claim.claim.hub,
        name: claim.clusterName,
        server: '',
        kind: 'spoke' as const,
        labels: claim.object.metadata.labels ?? {},
        annotations: claim.object.metadata.annotations ?? {},
      }),
      registered: false,
      made: true,
      claim,
    }));
  return [...known, ...made];
}

function describe(
  { store, repositories }: ReadRoutesOptions,
  { entry, registered, claim }: KnownCluster,
  visible: Visibility,
): Cluster {
  const file = repositories.clusterFile(entry);
  const readable = repositories
    .ofHub(entry.hub)
    .some(({ head }) => head !== undefined);
  const notDeclared = readable ? ('pet' as const) : ('unknown' as const);
  return {
    ...toCluster(store, entry, file, visible.deployment),
    registered,
    declared: file ? 'git' : notDeclared,
    claim: claim?.claim,
  };
}

function onlyOne<T>(items: T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
