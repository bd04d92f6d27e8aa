// @ts-check

/**
 * What changes are filtered by, how often each was written, and the stage that an entry of a timeline belongs to.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('changes', table => {
    table.string('kind', 64).nullable().comment('The kind of the intent');
    table
      .integer('version')
      .notNullable()
      .defaultTo(0)
      .comment('Counts what was written to the row');
    table.index(['updated_at'], 'changes_updated_at_idx');
    table.index(['service', 'created_at'], 'changes_service_idx');
    table.index(['requester', 'created_at'], 'changes_requester_idx');
  });
  await knex.schema.alterTable('change_timeline', table => {
    table
      .integer('stage')
      .nullable()
      .comment('Index of the stage; null where the change has none');
  });
  await knex.schema.createTable('change_clusters', table => {
    table.comment(
      'Clusters that a change names or whose Applications it touches',
    );
    table
      .string('change_id', 36)
      .notNullable()
      .references('id')
      .inTable('changes')
      .onDelete('CASCADE');
    table.string('cluster', 255).notNullable();
    table.primary(['change_id', 'cluster']);
    table.index(['cluster'], 'change_clusters_cluster_idx');
  });

  const changes = await knex('changes').select('id', 'intent', 'plan');
  for (const { id, intent, plan } of changes) {
    const { kind, parameters = {} } = JSON.parse(intent);
    const { cluster, clusters = [], on, to } = parameters;
    const { applications = [] } = JSON.parse(plan);
    const concerned = new Set([
      cluster,
      ...clusters,
      ...(on?.clusters ?? []),
      ...(to?.clusters ?? []),
      ...applications.map(
        (/** @type {{ cluster: string }} */ { cluster: name }) => name,
      ),
    ]);
    await knex('changes').where({ id }).update({ kind });
    const rows = [...concerned]
      .filter(Boolean)
      .map(name => ({ change_id: id, cluster: name }));
    await knex.batchInsert('change_clusters', rows, 100);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_clusters');
  await knex.schema.alterTable('change_timeline', table => {
    table.dropColumn('stage');
  });
  await knex.schema.alterTable('changes', table => {
    table.dropIndex(['updated_at'], 'changes_updated_at_idx');
    table.dropIndex(['service', 'created_at'], 'changes_service_idx');
    table.dropIndex(['requester', 'created_at'], 'changes_requester_idx');
    table.dropColumns('kind', 'version');
  });
};
