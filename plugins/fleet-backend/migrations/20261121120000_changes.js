// @ts-check

/**
 * Changes in flight and their timelines. What they carry (intent, plan, commit, pull request) is JSON: it is read whole
 * and never queried by its parts.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('changes', table => {
    table.comment('One row for each change that was asked for');
    table.string('id', 36).primary().notNullable();
    table.string('repository', 255).notNullable();
    table
      .string('intent_key', 64)
      .notNullable()
      .comment('Hash of the intent: equal for equal requests');
    table
      .string('service', 255)
      .nullable()
      .comment('The service that the intent names');
    table.text('title').notNullable();
    table.text('intent').notNullable().comment('JSON');
    table.string('mode', 16).notNullable();
    table.boolean('fallback').notNullable();
    table.string('state', 16).notNullable();
    table
      .string('step', 16)
      .notNullable()
      .comment('write: being written; follow: being followed; done');
    table.string('requester', 255).nullable();
    table.text('reason').nullable();
    table.text('overrides').notNullable().comment('JSON');
    table.text('plan').notNullable().comment('JSON');
    table.string('branch', 255).nullable();
    table.text('commit').nullable().comment('JSON');
    table.text('pull_request').nullable().comment('JSON');
    table.text('error').nullable();
    table.boolean('adopted').notNullable();
    table
      .string('created_at', 32)
      .notNullable()
      .comment('ISO 8601 in UTC, so that text order is time order');
    table.string('updated_at', 32).notNullable().comment('ISO 8601 in UTC');
    table.index(['step', 'updated_at'], 'changes_step_idx');
    table.index(['repository', 'intent_key'], 'changes_intent_idx');
    table.index(['created_at'], 'changes_created_at_idx');
  });

  await knex.schema.createTable('change_timeline', table => {
    table.comment('What happened to a change, oldest first');
    table.bigIncrements('sequence').primary();
    table
      .string('change_id', 36)
      .notNullable()
      .references('id')
      .inTable('changes')
      .onDelete('CASCADE');
    table.string('at', 32).notNullable().comment('ISO 8601 in UTC');
    table.string('state', 16).notNullable();
    table.text('message').notNullable();
    table.text('url').nullable();
    table.index(['change_id', 'sequence'], 'change_timeline_change_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('change_timeline');
  await knex.schema.dropTable('changes');
};
