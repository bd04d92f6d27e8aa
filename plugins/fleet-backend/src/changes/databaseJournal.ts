import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { filtered, inOrder } from './changeFilter';
import type { ChangePage } from './changeQuery';
import type {
  ChangeHead,
  ChangeJournal,
  ChangeSelection,
  JournaledChange,
  NewTimelineEntry,
} from './journal';
import {
  type ChangeRow,
  clustersOf,
  type ClusterRow,
  fromRow,
  type TimelineRow,
  toRow,
  toTimelineEntry,
} from './rows';
import type { ChangePatch, ChangeRecord } from './types';

const migrationsDirectory = resolvePackagePath(
  '@backstage-fleet/plugin-fleet-backend',
  'migrations',
);

const NEWEST_FIRST: ChangePage['order'] = {
  field: 'createdAt',
  descending: true,
};
/** SQLite takes no more than so many values in one statement, and each row has two. */
const MOST_ROWS = 250;

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
      await addClusters(transaction, record.id, record);
      const stage = record.stages ? record.stage ?? 0 : null;
      await this.#append(transaction, record.id, entry, stage);
    });
  }

  async update(
    id: string,
    patch: ChangePatch,
    entry?: NewTimelineEntry,
  ): Promise<void> {
    await this.#client.transaction(async transaction => {
      await this.#write(transaction, { id }, patch, entry);
    });
  }

  async advance(
    id: string,
    from: ChangeRecord['state'],
    patch: ChangePatch,
    entry: NewTimelineEntry,
  ): Promise<boolean> {
    return this.#client.transaction(transaction =>
      this.#write(transaction, { id, state: from }, patch, entry),
    );
  }

  async head(id: string): Promise<ChangeHead | undefined> {
    const row = await this.#client<ChangeRow>('changes')
      .where({ id })
      .first('version', 'intent', 'scope');
    return row && { version: row.version, ...concerned(row) };
  }

  async get(id: string): Promise<JournaledChange | undefined> {
    const row = await this.#client<ChangeRow>('changes').where({ id }).first();
    return row && (await this.#withTimeline([row]))[0];
  }

  async list(
    options: ChangeSelection &
      Partial<Pick<ChangePage, 'order' | 'after'>> & { limit: number },
  ): Promise<JournaledChange[]> {
    const { order = NEWEST_FIRST, after, limit, visible } = options;
    const all = filtered(this.#client('changes'), options);
    const asked = inOrder(all, { order, after });
    if (!visible) return this.#withTimeline(await asked.limit(limit));
    // Filled up to the limit: a shorter list would tell how many there are that may not be seen.
    const rows: ConcernedRow[] = await asked.select('id', 'intent', 'scope');
    const ids = rows
      .filter(row => visible(concerned(row)))
      .slice(0, limit)
      .map(({ id }) => id);
    const found = this.#client<ChangeRow>('changes').whereIn('id', ids);
    return this.#withTimeline(await inOrder(found, { order }));
  }

  async count({ visible, ...filter }: ChangeSelection): Promise<number> {
    const all = filtered(this.#client('changes'), filter);
    if (!visible) {
      const [{ count }] = await all.count({ count: '*' });
      return Number(count);
    }
    const rows: ConcernedRow[] = await all.select('id', 'intent', 'scope');
    return rows.filter(row => visible(concerned(row))).length;
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
    return {
      ...toRow(patch),
      updated_at: this.#now().toISOString(),
      version: this.#client.raw('version + 1') as any,
    };
  }

  /** Writes fields and an entry of the timeline to the row that is meant, if there is one. */
  async #write(
    transaction: Knex.Transaction,
    meant: { id: string; state?: ChangeRecord['state'] },
    patch: ChangePatch,
    entry?: NewTimelineEntry,
  ): Promise<boolean> {
    const before = await transaction<ChangeRow>('changes')
      .where(meant)
      .forUpdate()
      .first('stage');
    if (!before) return false;
    const count = await transaction<ChangeRow>('changes')
      .where(meant)
      .update(this.#touched(patch));
    if (count !== 1) return false;
    await addClusters(transaction, meant.id, patch);
    // What ends a stage is said of that stage, not of the next one.
    if (entry) await this.#append(transaction, meant.id, entry, before.stage);
    return true;
  }

  async #append(
    transaction: Knex,
    changeId: string,
    entry: NewTimelineEntry,
    stage: number | null,
  ): Promise<void> {
    await transaction<TimelineRow>('change_timeline').insert({
      change_id: changeId,
      at: this.#now().toISOString(),
      state: entry.state,
      message: entry.message,
      url: entry.url ?? null,
      stage,
    });
  }

  async #withTimeline(rows: ChangeRow[]): Promise<JournaledChange[]> {
    const entries = await this.#client<TimelineRow>('change_timeline')
      .whereIn(
        'change_id',
        rows.map(row => row.id),
      )
      .orderBy('sequence');
    const byChange = groupBy(entries, entry => entry.change_id);
    return rows.map(row => ({
      ...fromRow(row),
      timeline: (byChange.get(row.id) ?? []).map(toTimelineEntry),
    }));
  }
}

type ConcernedRow = Pick<ChangeRow, 'id' | 'intent' | 'scope'>;

function concerned({ intent, scope }: Omit<ConcernedRow, 'id'>) {
  return {
    intent: JSON.parse(intent) as ChangeRecord['intent'],
    scope: scope
      ? (JSON.parse(scope) as NonNullable<ChangeRecord['scope']>)
      : undefined,
  };
}

/** Clusters are only added: a change is found by those that its plan touched once. */
async function addClusters(
  transaction: Knex,
  id: string,
  change: Partial<ChangeRecord>,
): Promise<void> {
  const rows = clustersOf(change).map(cluster => ({ change_id: id, cluster }));
  for (let begin = 0; begin < rows.length; begin += MOST_ROWS) {
    await transaction<ClusterRow>('change_clusters')
      .insert(rows.slice(begin, begin + MOST_ROWS))
      .onConflict(['change_id', 'cluster'])
      .ignore();
  }
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
