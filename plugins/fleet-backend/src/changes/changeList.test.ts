import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Plan, TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import Knex, { type Knex as KnexClient } from 'knex';
import { TestPostgres } from '../__testUtils__/postgres';
import { AuthorizedChanges } from './authorizedChanges';
import type { ChangeListQuery } from './changeQuery';
import { DatabaseChangeJournal } from './databaseJournal';
import type { ChangeRecord } from './types';

jest.setTimeout(60_000);

const BEGIN = Date.UTC(2026, 0, 1);

function planOn(...clusters: string[]): Plan {
  return {
    evaluable: true,
    unchanged: false,
    summary: '',
    creates: clusters.length,
    changes: 0,
    deletes: 0,
    applications: clusters.map(cluster => ({
      action: 'create',
      name: `app-${cluster}`,
      namespace: 'argocd',
      cluster,
      fields: [],
    })),
    edits: [{ path: 'a.yaml', action: 'update', diff: '-a\n+b\n' }],
    guards: [],
  };
}

function change(
  id: string,
  minute: number,
  rest: Partial<ChangeRecord> & { intent: TypedIntent },
): ChangeRecord {
  const at = new Date(BEGIN + minute * 60_000);
  return {
    id,
    repository: 'eu',
    intentKey: id,
    title: `Change ${id}`,
    mode: 'commit',
    fallback: false,
    state: 'merged',
    step: 'follow',
    overrides: [],
    plan: planOn(),
    adopted: false,
    createdAt: at,
    updatedAt: at,
    scope: {
      kind: rest.intent.kind,
      owners: [],
      environments: ['dev'],
      regions: [],
      hubs: ['eu'],
    },
    ...rest,
  };
}

const CHANGES = [
  change('a', 1, {
    intent: {
      kind: 'service.promote',
      parameters: { service: 'cart', to: { clusters: ['one'] }, version: '1' },
    },
    requester: 'user:default/ada',
    reason: '100% of_it',
  }),
  change('b', 2, {
    intent: {
      kind: 'cluster.label',
      parameters: { cluster: 'two', labels: {} },
    },
    state: 'failed',
    step: 'done',
    title: 'Label TWO',
    repository: 'us',
  }),
  change('c', 3, {
    intent: {
      kind: 'service.enable',
      parameters: { service: 'search', clusters: ['one', 'arn:x/two'] },
    },
    state: 'healthy',
    step: 'done',
    requester: 'user:default/bob',
    plan: planOn('three'),
  }),
  change('d', 4, {
    intent: {
      kind: 'cluster.scale',
      parameters: { cluster: 'two', replicas: 3 },
    },
    requester: 'user:default/ada',
    scope: {
      kind: 'cluster.scale',
      owners: [],
      environments: ['prod'],
      regions: [],
      hubs: ['eu'],
    },
  }),
  change('e', 5, {
    intent: {
      kind: 'service.offboard',
      parameters: { service: 'cart' },
    },
    state: 'unchanged',
    step: 'done',
  }),
];

function suite(name: string, connect: () => Promise<KnexClient>) {
  describe(`lists of changes on ${name}`, () => {
    let client: KnexClient;
    let journal: DatabaseChangeJournal;
    let conditions: object | undefined;
    const event = { success: jest.fn(), fail: jest.fn() };
    const authorized = () =>
      new AuthorizedChanges({
        engine: undefined as any,
        journal,
        auditor: mockServices.auditor.mock({
          createEvent: async () => event as any,
        }),
        repositories: {
          configs: ['eu', 'us'].map(id => ({
            id,
            url: '',
            branch: 'main',
            hubs: [`hub-${id}`],
          })),
        } as any,
        permissions: mockServices.permissions.mock({
          authorize: async () => [{ result: AuthorizeResult.ALLOW }],
          authorizeConditional: async () =>
            [
              conditions
                ? {
                    result: AuthorizeResult.CONDITIONAL,
                    pluginId: 'fleet',
                    resourceType: 'fleet-change',
                    conditions,
                  }
                : { result: AuthorizeResult.ALLOW },
            ] as any,
        }),
      });
    const list = (query: ChangeListQuery) =>
      authorized().list({ credentials: mockCredentials.user() }, query);
    const ids = async (query: ChangeListQuery) => {
      const { items, total } = await list(query);
      expect(total).toBe(items.length);
      return items.map(({ id }) => id).join('');
    };

    beforeAll(async () => {
      client = await connect();
      journal = await DatabaseChangeJournal.create({
        database: { getClient: async () => client },
      });
      for (const record of CHANGES) {
        await journal.insert(record, { state: record.state, message: 'New' });
      }
    });
    beforeEach(() => {
      conditions = undefined;
    });
    afterAll(() => client?.destroy());

    it.each([
      [{}, 'dcba'],
      [{ service: 'cart' }, 'a'],
      [{ state: 'unchanged' }, 'e'],
      [{ state: 'failed,healthy' }, 'cb'],
      [{ kind: 'service.promote, service.enable' }, 'ca'],
      [{ kind: 'cluster.*' }, 'db'],
      [{ requester: 'user:default/ada' }, 'da'],
      [{ ended: true }, 'cb'],
      [{ ended: 'false' }, 'da'],
      [{ cluster: 'one' }, 'ca'],
      [{ cluster: 'two' }, 'db'],
      [{ cluster: 'three' }, 'c'],
      [{ cluster: 'hub-us/two' }, 'b'],
      [{ cluster: 'hub-eu/two' }, 'd'],
      [{ cluster: 'arn:x/two' }, 'c'],
      [{ cluster: 'hub-eu/arn:x/two' }, 'c'],
      [{ cluster: 'nowhere/two' }, ''],
      [{ text: 'label two' }, 'b'],
      [{ text: 'SEARCH' }, 'c'],
      [{ text: '100%' }, 'a'],
      [{ text: '0%o' }, ''],
      [{ text: 'of_it' }, 'a'],
      [{ text: 'of-it' }, ''],
      [{ text: 'BOB' }, 'c'],
      [{ state: 'merged', kind: 'cluster.*', cluster: 'two' }, 'd'],
      [{ sort: 'createdAt' }, 'abcd'],
      [{ sort: '-title' }, 'bdca'],
      [{ sort: 'requester' }, 'adcb'],
      [{ sort: '-requester' }, 'cadb'],
      [{ sort: 'kind' }, 'bdca'],
      [{ sort: '-state' }, 'adcb'],
    ])('%j', async (query, expected) => {
      expect(await ids(query)).toBe(expected);
    });

    it.each([
      [{ state: 'broken' }, /state: 'broken' is not one of unchanged, planned/],
      [{ kind: 'service' }, /kind: 'service' is not one of service.onboard/],
      [{ sort: 'colour' }, /sort: 'colour' is not one of createdAt/],
      [{ cursor: 'x' }, /cursor: it is not one that this list gave/],
    ])('%j is refused', async (query, message) => {
      await expect(list(query)).rejects.toThrow(message);
    });

    it.each(['-createdAt', 'createdAt', 'requester', '-requester', 'state'])(
      'gives each change once by pages sorted by %s, whatever comes or goes',
      async sort => {
        const whole = await ids({ sort });
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await list({ sort, cursor, limit: 1 });
          expect(page.total).toBe(4);
          found.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(found.join('')).toBe(whole);

        const first = await list({ sort, limit: 1 });
        const late = change('0', 0, { intent: CHANGES[0].intent });
        await journal.insert(late, { state: 'merged', message: 'New' });
        const rest = await list({ cursor: first.nextCursor });
        await client('changes').where({ id: '0' }).delete();
        expect(rest.items.map(({ id }) => id).filter(id => id !== '0')).toEqual(
          [...whole].slice(1),
        );
      },
    );

    it('tells no more than may be seen, neither by count nor by a shorter page', async () => {
      conditions = {
        rule: 'IN_ENVIRONMENT',
        resourceType: 'fleet-change',
        params: { environments: ['dev'] },
      };
      expect(await ids({})).toBe('cba');
      const page = await list({ limit: 2 });
      expect(page.items.map(({ id }) => id)).toEqual(['c', 'b']);
      expect(page.total).toBe(3);
      const next = await list({ limit: 2, cursor: page.nextCursor });
      expect(next.items.map(({ id }) => id)).toEqual(['a']);
      expect(next.nextCursor).toBeUndefined();
      const asker = { credentials: mockCredentials.user() };
      const refused = await authorized()
        .look(asker, 'd')
        .catch(error => error);
      const absent = await authorized()
        .look(asker, 'nope')
        .catch(error => error);
      expect([refused.name, refused.message.replace('d.', 'nope.')]).toEqual([
        absent.name,
        absent.message,
      ]);
      // Nor is it paused or stopped by somebody who may not see it.
      await expect(authorized().act(asker, 'd', 'stop')).rejects.toThrow(
        'There is no change d.',
      );
    });

    it('has no diffs in a list, and all of them in a change', async () => {
      const { items } = await list({ service: 'search' });
      expect(items[0].plan.edits).toEqual([
        { path: 'a.yaml', action: 'update', diff: '' },
      ]);
      const one = await authorized().get(
        { credentials: mockCredentials.user() },
        'c',
      );
      expect(one.plan.edits[0].diff).toBe('-a\n+b\n');
    });

    it('says of each step which stage it belonged to', async () => {
      const stages = ['One', 'Two'].map(title => ({
        id: title,
        title,
        clusters: [],
        waitFor: 'merged' as const,
      }));
      const entry = (message: string) => ({
        state: 'merged' as const,
        message,
      });
      await journal.insert(
        change('staged', 9, { intent: CHANGES[0].intent, stages, stage: 0 }),
        entry('Planned'),
      );
      await journal.advance(
        'staged',
        'merged',
        { stage: 1 },
        entry('One ended'),
      );
      await journal.update('staged', {}, entry('Two is merged'));
      const { timeline } = (await journal.get('staged'))!;
      expect(timeline.map(({ message, stage }) => [message, stage])).toEqual([
        ['Planned', 0],
        ['One ended', 0],
        ['Two is merged', 1],
      ]);
      expect((await journal.get('b'))!.timeline[0].stage).toBeUndefined();
      await client('changes').where({ id: 'staged' }).delete();
    });

    it('has another tag after everything that is written, and finds a change by what its plan has come to touch', async () => {
      const asker = { credentials: mockCredentials.user() };
      const tag = async () => (await authorized().look(asker, 'a')).tag;
      const first = await tag();
      expect(await tag()).toBe(first);
      await journal.update('a', { adopted: true });
      const second = await tag();
      expect(second).not.toBe(first);
      await journal.update('a', { plan: planOn('four') });
      expect(await tag()).not.toBe(second);
      expect(await ids({ cluster: 'four' })).toBe('a');
      expect(await ids({ cluster: 'one' })).toBe('ca');
    });
  });
}

suite('SQLite', async () =>
  Knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  }),
);

if (TestPostgres.isInstalled) {
  let server: TestPostgres;
  afterAll(() => server?.stop());
  suite('PostgreSQL', async () => {
    server = await TestPostgres.start();
    return (await server.createDatabase())();
  });
}
