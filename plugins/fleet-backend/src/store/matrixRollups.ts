import {
  compareVersions,
  DEPLOYMENT_STATES,
  type MatrixRollups,
  worstState,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetStore } from './fleetStore';
import type { ApplicationRecord, ClusterEntry } from './records';
import { parseTime } from './time';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Each service summed up by region and environment: the worst state, how many are Synced, and how far its oldest version
 * there is behind the newest of the service anywhere.
 */
export function buildRollups(
  store: FleetStore,
  axes: { services: string[]; clusters: ClusterEntry[] },
  visible: (record: ApplicationRecord) => boolean = () => true,
): MatrixRollups {
  const groups: MatrixRollups['groups'] = [];
  const groupOf = new Map<string, number>();
  const indexes = new Map<string, number>();
  for (const { id, region, environment } of axes.clusters) {
    const key = `${region ?? ''}\n${environment ?? ''}`;
    let index = indexes.get(key);
    if (index === undefined) {
      index = groups.length;
      indexes.set(key, index);
      groups.push({ region, environment, clusters: 0 });
    }
    groups[index].clusters++;
    groupOf.set(id, index);
  }

  const rollups: MatrixRollups = {
    groups,
    row: [],
    group: [],
    worst: [],
    deployments: [],
    synced: [],
    versionsBehind: [],
    daysBehind: [],
  };
  axes.services.forEach((service, row) => {
    const byGroup = new Map<number, ApplicationRecord[]>();
    const all = store
      .applicationsOfService(service)
      .filter(record => groupOf.has(record.clusterId) && visible(record));
    for (const record of all) {
      const group = groupOf.get(record.clusterId)!;
      const records = byGroup.get(group);
      if (records) records.push(record);
      else byGroup.set(group, [record]);
    }
    const versions = [...new Set(all.flatMap(versionOf))].sort(compareVersions);
    const newest = Math.max(...all.flatMap(dateOf));
    for (const [group, records] of byGroup) {
      rollups.row.push(row);
      rollups.group.push(group);
      rollups.worst.push(
        DEPLOYMENT_STATES.indexOf(
          worstState(records.map(({ state }) => state.state))!,
        ),
      );
      rollups.deployments.push(records.length);
      rollups.synced.push(
        records.filter(({ state }) => state.sync === 'Synced').length,
      );
      const places = records.flatMap(versionOf).map(v => versions.indexOf(v));
      rollups.versionsBehind.push(
        places.length > 0 ? versions.length - 1 - Math.min(...places) : 0,
      );
      const dates = records.flatMap(dateOf);
      rollups.daysBehind.push(
        dates.length > 0
          ? Math.floor((newest - Math.min(...dates)) / DAY_MS)
          : -1,
      );
    }
  });
  return rollups;
}

/** What is there: what runs, or what was synced where nothing tells of images. */
function versionOf({ running, versions }: ApplicationRecord): string[] {
  const text = running?.text ?? versions.synced?.text;
  return text === undefined ? [] : [text];
}

/**
 * When what runs was deployed. Not the date of the synced commit: where services share a repository, every commit to it is
 * synced everywhere.
 */
function dateOf({ state }: ApplicationRecord): number[] {
  const time = parseTime(state.syncedAt);
  return time ? [time.getTime()] : [];
}
