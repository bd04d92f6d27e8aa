import type { Knex } from 'knex';
import type { ChangeFilter, ChangeOrder, ChangePage } from './changeQuery';
import type { ChangeRow } from './rows';

/** The columns that the orders of changes are made of. */
const COLUMNS: Record<ChangeOrder['field'], keyof ChangeRow> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  title: 'title',
  state: 'state',
  kind: 'kind',
  service: 'service',
  requester: 'requester',
};
/** Where a text is looked for. */
const TEXT_COLUMNS = [
  'title',
  'reason',
  'service',
  'requester',
  'branch',
  'id',
];

/** The rows of a filter. Those that changed nothing are left out, unless they are asked for. */
export function filtered(
  rows: Knex.QueryBuilder,
  filter: ChangeFilter,
): Knex.QueryBuilder {
  const { service, clusters, states, kinds, requester, ended, text } = filter;
  const query = rows.clone();
  if (states) void query.whereIn('state', states);
  else void query.whereNot('state', 'unchanged');
  if (service !== undefined) void query.where({ service });
  if (requester !== undefined) void query.where({ requester });
  if (kinds) void query.whereIn('kind', kinds);
  if (ended !== undefined) void query.where('step', ended ? '=' : '<>', 'done');
  if (clusters) {
    void query.where(any => {
      for (const { name, repositories } of clusters) {
        void any.orWhere(one => {
          void one.whereIn('id', ids =>
            ids
              .select('change_id')
              .from('change_clusters')
              .where('cluster', name),
          );
          if (repositories) void one.whereIn('repository', repositories);
        });
      }
    });
  }
  if (text !== undefined) {
    const pattern = `%${text
      .toLocaleLowerCase('en-US')
      .replace(/[\\%_]/g, '\\$&')}%`;
    void query.where(any => {
      for (const column of TEXT_COLUMNS) {
        void any.orWhereRaw("lower(??) like ? escape '\\'", [column, pattern]);
      }
    });
  }
  return query;
}

/** The rows of a page in their order, what has no value last. */
export function inOrder(
  rows: Knex.QueryBuilder,
  { order, after }: Pick<ChangePage, 'order' | 'after'>,
): Knex.QueryBuilder {
  const column = COLUMNS[order.field];
  const query = rows
    .clone()
    .orderByRaw('case when ?? is null then 1 else 0 end', [column])
    .orderBy(column, order.descending ? 'desc' : 'asc')
    .orderBy('id');
  if (!after) return query;
  const { value, id } = after;
  if (value === undefined) {
    return query.whereNull(column).where('id', '>', id);
  }
  return query.where(behind => {
    void behind
      .where(column, order.descending ? '<' : '>', value)
      .orWhere(same => same.where(column, value).where('id', '>', id))
      .orWhereNull(column);
  });
}
