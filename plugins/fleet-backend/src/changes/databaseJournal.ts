import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { ChangeRow, fromRow, TimelineRow, toRow } from './rows';
import type {
  ChangeJournal,
  JournaledChange,
  NewTimelineEntry,
} from './journal';
import type { ChangePatch, ChangeRecord } from './types';

const migrationsDirectory = resolvePackagePath(
  '@backstage-fleet/plugin-fleet-backend',
  'migrations',
);

/** Keeps changes in the plugin's database. */
export class DatabaseChangeJournal implements ChangeJournal {
  readonly #client: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabaseChangeJournal> {
    const { database, now = () => new Date() } = options;
    const client = await database.getClient();
    if (!database.migrations?.skip) {
      await client.migrate.latest({ directory: migrationsDirectory });
    }
    return new DatabaseChangeJournal(client, now);
  }

  private constructor(client: Knex, now: () => Date) {
    this.#client = client;
    this.#now = now;
  }

  async insert(record: ChangeRecord, entry: NewTimelineEntry): Promise<void> {
    await this.#client.transaction(async transaction => {
      await transaction<ChangeRow>('changes').insert(toRow(record));
      await this.#append(transaction, record.id, entry);
    });
  }

  async update(
    id: string,
    patch: ChangePatch,
    entry?: NewTimelineEntry,
  ): Promise<void> {
    await this.#client.transaction(async transaction => {
      await transaction<ChangeRow>('changes')
        .where({ id })
        .update(this.#touched(patch));
      if (entry) await this.#append(transaction, id, entry);
    });
  }

  async advance(
    id: string,
    from: ChangeRecord['state'],
    patch: ChangePatch,
    entry: NewTimelineEntry,
  ): Promise<boolean> {
    return this.#client.transaction(async transaction => {
      const count = await transaction<ChangeRow>('changes')
        .where({ id, state: from })
        .update(this.#touched(patch));
      if (count === 1) await this.#append(transaction, id, entry);
      return count === 1;
    });
  }

  async get(id: string): Promise<JournaledChange | undefined> {
    const row = await this.#client<ChangeRow>('changes').where({ id }).first();
    return row && (await this.#withTimeline([row]))[0];
  }

  async list(options: {
    service?: string;
    limit: number;
    visible?(change: ChangeRecord): boolean;
  }): Promise<JournaledChange[]> {
    const { service, limit, visible = () => true } = options;
    const found: ChangeRow[] = [];
    // Filled up to the limit: a shorter list would tell how many there are that may not be seen.
    for (let offset = 0; found.length < limit; offset += limit) {
      const query = this.#client<ChangeRow>('changes')
        .whereNot({ state: 'unchanged' })
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .offset(offset)
        .limit(limit);
      if (service) query.where({ service });
      const rows = await query;
      found.push(...rows.filter(row => visible(fromRow(row))));
      if (rows.length < limit) break;
    }
    return this.#withTimeline(found.slice(0, limit));
  }

  async findProposed(
    repository: string,
    intentKey: string,
  ): Promise<ChangeRecord | undefined> {
    const row = await this.#client<ChangeRow>('changes')
      .where({ repository, intent_key: intentKey, state: 'proposed' })
      .orderBy('created_at', 'desc')
      .first();
    return row && fromRow(row);
  }

  async following(): Promise<ChangeRecord[]> {
    const rows = await this.#client<ChangeRow>('changes')
      .where({ step: 'follow' })
      .orderBy('created_at');
    return rows.map(fromRow);
  }

  async claimAbandoned(before: Date): Promise<ChangeRecord[]> {
    const rows = await this.#client<ChangeRow>('changes')
      .where({ step: 'write' })
      .andWhere('updated_at', '<', before.toISOString())
      .orderBy('created_at');
    const claimed: ChangeRecord[] = [];
    for (const row of rows) {
      const count = await this.#client<ChangeRow>('changes')
        .where({ id: row.id, step: 'write', updated_at: row.updated_at })
        .update(this.#touched({}));
      if (count === 1) claimed.push(fromRow(row));
    }
    return claimed;
  }

  #touched(patch: ChangePatch): Partial<ChangeRow> {
    return { ...toRow(patch), updated_at: this.#now().toISOString() };
  }

  async #append(
    transaction: Knex,
    changeId: string,
    entry: NewTimelineEntry,
  ): Promise<void> {
    await transaction<TimelineRow>('change_timeline').insert({
      change_id: changeId,
      at: this.#now().toISOString(),
      state: entry.state,
      message: entry.message,
      url: entry.url ?? null,
    });
  }

  async #withTimeline(rows: ChangeRow[]): Promise<JournaledChange[]> {
    const entries = await this.#client<TimelineRow>('change_timeline')
      .whereIn(
        'change_id',
        rows.map(row => row.id),
      )
      .orderBy('sequence');
    return rows.map(row => ({
      ...fromRow(row),
      timeline: entries
        .filter(entry => entry.change_id === row.id)
        .map(entry => ({
          at: new Date(entry.at),
          state: entry.state,
          message: entry.message,
          url: entry.url ?? undefined,
        })),
    }));
  }
}
