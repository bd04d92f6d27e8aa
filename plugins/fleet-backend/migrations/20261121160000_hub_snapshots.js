// @ts-check

/**
 * What each hub had when it was last seen, in parts, to have something to show that is marked stale when a hub is down
 * while Backstage starts. It is no truth: every part is replaced by what the hub says.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('hub_snapshots', table => {
    table.comment('Last known objects of each hub');
    table.string('hub', 63).notNullable();
    table.string('kind', 63).notNullable();
    table.integer('part').notNullable();
    table.dateTime('taken_at').notNullable();
    table
      .text('objects')
      .notNullable()
      .comment('JSON array of projected objects, gzip, base64');
    table.primary(['hub', 'kind', 'part']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('hub_snapshots');
};
