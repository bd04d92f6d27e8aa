/**
 * What a cluster, a deployment or a change concerns, as far as permission rules ask. A cluster has one environment, region
 * and hub; a change may have several of each.
 */
export interface FleetScope {
  /** Entity refs of who owns the services concerned. */
  owners: string[];
  environments: string[];
  regions: string[];
  /** Ids of hubs. */
  hubs: string[];
}

/** What a change concerns. */
export interface ChangeScope extends FleetScope {
  /** The kind of its intent, for example `service.promote`. */
  kind: string;
}
