import { resolve } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';

const directory = resolve(__dirname, '../../migrations');
// PostgreSQL too, where a server is named; a container runtime is not assumed.
const databases = TestDatabases.create({
  ids: process.env.BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING
    ? ['SQLITE_3', 'POSTGRES_16']
    : ['SQLITE_3'],
});

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up, keep what is written, and go down again', async () => {
    const knex = await databases.init(databaseId);
    await knex.migrate.latest({ directory });

    await knex('changes').insert({
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
    });
    const entry = { change_id: 'one', at: '', state: 'planned', message: '' };
    await knex('change_timeline').insert(entry);
    await knex('change_timeline').insert(entry);
    const rows = await knex('change_timeline').orderBy('sequence');
    expect(rows.map(row => Number(row.sequence))).toEqual([1, 2]);

    await knex.migrate.rollback({ directory }, true);
    expect(await knex.schema.hasTable('changes')).toBe(false);
    expect(await knex.schema.hasTable('change_timeline')).toBe(false);
    await knex.destroy();
  });
});
