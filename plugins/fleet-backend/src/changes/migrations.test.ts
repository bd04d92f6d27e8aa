import { resolve } from 'node:path';
import Knex, { Knex as KnexClient } from 'knex';
import { TestPostgres } from '../__testUtils__/postgres';

const directory = resolve(__dirname, '../../migrations');

const CHANGE = {
  id: 'one',
  repository: 'fleet-gitops',
  intent_key: 'k',
  title: 't',
  intent: '{}',
  mode: 'commit',
  fallback: false,
  state: 'planned',
  step: 'write',
  overrides: '[]',
  plan: '{}',
  adopted: false,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

// The assertions are in here.
/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "goUpAndDown", "fillFilters"] }] */
async function goUpAndDown(knex: KnexClient) {
  await knex.migrate.latest({ directory });

  await knex('changes').insert(CHANGE);
  const entry = { change_id: 'one', at: '', state: 'planned', message: '' };
  await knex('change_timeline').insert(entry);
  await knex('change_timeline').insert(entry);
  const rows = await knex('change_timeline').orderBy('sequence');
  expect(rows.map(row => Number(row.sequence))).toEqual([1, 2]);

  await knex.migrate.rollback({ directory }, true);
  expect(await knex.schema.hasTable('changes')).toBe(false);
  expect(await knex.schema.hasTable('change_timeline')).toBe(false);
}

/** A change of before there were filters is found by them afterwards. */
async function fillFilters(knex: KnexClient) {
  await knex.migrate.latest({ directory });
  await knex.migrate.down({
    directory,
    name: '20261121190000_change_filters.js',
  } as any);
  await knex('changes').insert({
    ...CHANGE,
    intent: JSON.stringify({
      kind: 'service.enable',
      parameters: { service: 'cart', clusters: ['a', 'b'] },
    }),
    plan: JSON.stringify({
      applications: [{ cluster: 'b' }, { cluster: 'c' }],
    }),
  });
  await knex.migrate.latest({ directory });
  expect(await knex('changes').select('kind', 'version')).toEqual([
    { kind: 'service.enable', version: 0 },
  ]);
  expect(
    await knex('change_clusters').orderBy('cluster').pluck('cluster'),
  ).toEqual(['a', 'b', 'c']);
  await knex.migrate.rollback({ directory }, true);
}

describe('migrations', () => {
  it('go up, keep what is written, and go down again on SQLite', async () => {
    const knex = Knex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await goUpAndDown(knex);
    await fillFilters(knex);
    await knex.destroy();
  });

  (TestPostgres.isInstalled ? it : it.skip)(
    'go up, keep what is written, and go down again on PostgreSQL, where it is installed',
    async () => {
      const server = await TestPostgres.start();
      const knex = (await server.createDatabase())();
      try {
        await goUpAndDown(knex);
        await fillFilters(knex);
      } finally {
        await knex.destroy();
        await server.stop();
      }
    },
    60_000,
  );
});
