import { promisify } from 'util';
import { gunzip, gzip } from 'zlib';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import type { Knex } from 'knex';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Objects of a part: some 10 ms to write or read. */
const PART = 500;

interface SnapshotRow {
  hub: string;
  kind: string;
  part: number;
  taken_at: Date | string | number;
  objects: string;
}

/** Kept beside the objects: the claims that were ready at some time, by their ids. */
export const READY_CLAIMS = 'ReadyClaims';

/** Something of which a hub has many. */
export type SnapshotKind =
  | readonly [kind: HubObjectKind, objects: Iterable<KubernetesObject>]
  | readonly [kind: typeof READY_CLAIMS, ids: Iterable<string>];

/** A part of what a hub had. */
export type SnapshotPart = { takenAt: Date } & (
  | { kind: HubObjectKind; objects: KubernetesObject[] }
  | { kind: typeof READY_CLAIMS; objects: string[] }
);

/** What hubs had when they were last seen, in the plugin's database. */
export class HubSnapshots {
  constructor(private readonly client: Knex) {}

  /**
   * Puts what a hub has in the place of what it had.
   *
   * @param kinds - projected objects, which have no byte of a cluster's credentials
   */
  async save(
    hub: string,
    kinds: Iterable<SnapshotKind>,
    takenAt: Date,
  ): Promise<void> {
    const rows: SnapshotRow[] = [];
    for (const [kind, found] of kinds) {
      const objects: unknown[] = [...found];
      for (let part = 0; part * PART < objects.length; part++) {
        const slice = objects.slice(part * PART, (part + 1) * PART);
        // Awaiting each part lets requests in between.
        const body = await compress(JSON.stringify(slice));
        const taken = takenAt.toISOString();
        rows.push({
          hub,
          kind,
          part,
          taken_at: taken,
          objects: body.toString('base64'),
        });
      }
    }
    await this.client.transaction(async transaction => {
      await transaction<SnapshotRow>('hub_snapshots').where({ hub }).delete();
      for (const row of rows) {
        await transaction<SnapshotRow>('hub_snapshots').insert(row);
      }
    });
  }

  /** What a hub had, part by part. */
  async *load(hub: string): AsyncGenerator<SnapshotPart> {
    const parts = await this.client<SnapshotRow>('hub_snapshots')
      .where({ hub })
      .select('kind', 'part')
      .orderBy(['kind', 'part']);
    for (const { kind, part } of parts) {
      const row = await this.client<SnapshotRow>('hub_snapshots')
        .where({ hub, kind, part })
        .first();
      // Another replica writes a new one at this moment.
      if (!row) continue;
      const body = await decompress(Buffer.from(row.objects, 'base64'));
      yield {
        kind: kind as HubObjectKind,
        takenAt: new Date(row.taken_at),
        objects: JSON.parse(body.toString('utf8')),
      } satisfies SnapshotPart;
    }
  }

  /** Forgets hubs that are not configured any more. */
  async keepOnly(hubs: string[]): Promise<void> {
    await this.client<SnapshotRow>('hub_snapshots')
      .whereNotIn('hub', hubs)
      .delete();
  }
}
