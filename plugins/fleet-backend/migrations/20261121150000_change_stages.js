// @ts-check

/**
 * Changes that take several commits or pull requests, one after the other; and what a plan did when it was asked for.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('changes', table => {
    table.text('stages').nullable().comment('JSON; null: one commit');
    table.integer('stage').nullable().comment('Index of the current stage');
    table
      .boolean('paused')
      .notNullable()
      .defaultTo(false)
      .comment('The next stage is held back by a person');
    table
      .text('approved')
      .nullable()
      .comment('JSON: the Applications of the plan as it was asked for');
    table
      .text('scope')
      .nullable()
      .comment('JSON: owners, environments, regions, hubs concerned');
    table
      .text('grown')
      .nullable()
      .comment('What the plan does now beyond that');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('changes', table => {
    table.dropColumns(
      'stages',
      'stage',
      'paused',
      'approved',
      'scope',
      'grown',
    );
  });
};
