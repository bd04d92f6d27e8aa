import {
  mockErrorHandler,
  mockServices,
  mockCredentials,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { createOpenApiRouter } from '../schema/openapi';
import { ChangesHarness, label, promote } from '../__testUtils__/changes';
import { AuthorizedChanges } from './authorizedChanges';
import { registerChangeRoutes } from './routes';

// Each test runs Git processes.
jest.setTimeout(60_000);

describe('the routes of changes', () => {
  let harness: ChangesHarness;
  const intent = label('a', { tier: 'x' });
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  const fail = jest.fn();

  /** @param denied - Names of permissions that the user lacks. */
  const start = async (denied: string[] = []) => {
    harness = await ChangesHarness.start();
    auditor.createEvent.mockResolvedValue({ success, fail });
    const decide = async (queries: Array<{ permission: { name: string } }>) =>
      queries.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      }));
    const router = await createOpenApiRouter();
    registerChangeRoutes(router, {
      httpAuth: mockServices.httpAuth(),
      changes: new AuthorizedChanges({
        ...(await harness.replica()),
        auditor,
        permissions: mockServices.permissions.mock({
          authorize: decide as any,
          authorizeConditional: decide as any,
        }),
      }),
    });
    return express().use(router).use(mockErrorHandler());
  };
  afterEach(async () => {
    jest.clearAllMocks();
    await harness.stop();
  });

  it('plans without writing', async () => {
    const app = await start();
    const response = await request(app).post('/plans').send({ intent });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ unchanged: false, changes: 1 });
    expect(await harness.host.log()).toHaveLength(1);
  });

  it('creates a change for the user, lists it and shows it', async () => {
    const app = await start();
    const created = await request(app)
      .post('/changes')
      .send({ intent, mode: 'commit', reason: 'Why' });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      state: 'merged',
      requester: 'user:default/mock',
      reason: 'Why',
    });
    expect(created.body).not.toHaveProperty('intentKey');
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'change-create',
        severityLevel: 'medium',
        meta: expect.objectContaining({ kind: 'cluster.label' }),
      }),
    );
    expect(success).toHaveBeenCalledWith({
      meta: expect.objectContaining({ change: created.body.id }),
    });

    const list = await request(app).get('/changes?limit=5');
    expect(list.body).toEqual({ items: [created.body], total: 1 });
    const none = await request(app).get('/changes?service=payments');
    expect(none.body).toEqual({ items: [], total: 0 });
    const one = await request(app).get(`/changes/${created.body.id}`);
    expect(one.body).toEqual(created.body);
    const same = await request(app)
      .get(`/changes/${created.body.id}`)
      .set('if-none-match', one.headers.etag);
    expect([same.status, same.text]).toEqual([304, '']);
    expect((await request(app).get('/changes?sort=colour')).status).toBe(400);
    expect((await request(app).get('/changes/nope')).status).toBe(404);

    const again = await request(app).post('/changes').send({ intent });
    expect(again.status).toBe(200);
    expect(again.body.state).toBe('unchanged');
  });

  it('says of each stage which clusters it covers, and nothing that is only for the engine', async () => {
    const app = await start();
    const { body } = await request(app)
      .post('/changes')
      .send({ intent: promote('shop', '2', [['b'], ['a']]), mode: 'commit' });
    expect(body.stages).toEqual([
      expect.objectContaining({ clusters: ['b'], state: 'merged' }),
      { title: 'Wave 2', clusters: ['a'], waitFor: 'healthy' },
    ]);
    expect(body.stages[0]).not.toHaveProperty('id');
    const { body: list } = await request(app).get('/changes');
    expect(list.items[0].stages[1]).toEqual(body.stages[1]);
  });

  it('stops a change, and says why one that has ended cannot be stopped', async () => {
    const app = await start();
    const { body: change } = await request(app)
      .post('/changes')
      .send({ intent, mode: 'pull-request' });
    const act = (action: string) =>
      request(app).post(`/changes/${change.id}/actions/${action}`);
    expect((await act('pause')).status).toBe(409);
    const stopped = await act('stop');
    expect(stopped.body).toMatchObject({ state: 'stopped' });
    expect(stopped.body.timeline.at(-1).message).toBe(
      'Stopped by user:default/mock. Pull request #1 stays open: close it if it shall not be merged.',
    );
    expect((await act('stop')).body.error.message).toContain('has ended');
    expect((await act('explode')).status).toBe(400);
    expect((await request(app).post('/changes/nope/actions/stop')).status).toBe(
      404,
    );
  });

  it('answers a guard with 409 and the plan', async () => {
    const app = await start();
    await harness.host.commit({ stop: '' });
    const response = await request(app).post('/changes').send({ intent });
    expect(response.status).toBe(409);
    expect(response.body.error).toMatchObject({
      name: 'GuardStopError',
      message: expect.stringContaining('The fleet is frozen'),
      plan: { changes: 1, guards: [{ id: 'frozen' }] },
    });
    expect(fail).toHaveBeenCalled();
  });

  it.each([
    ['post', '/plans', 'fleet.change.create', { intent }],
    ['post', '/plans', 'fleet.deployment.read', { intent }],
    ['post', '/plans', 'fleet.cluster.read', { intent }],
    ['post', '/changes', 'fleet.change.create', { intent }],
    ['post', '/changes', 'fleet.deployment.read', { intent }],
    ['post', '/changes', 'fleet.cluster.read', { intent, dryRun: true }],
    ['post', '/changes', 'fleet.change.write', { intent }],
    ['post', '/changes', 'fleet.change.write', { intent, dryRun: true }],
    ['post', '/changes/x/actions/stop', 'fleet.change.write', {}],
    [
      'post',
      '/changes',
      'fleet.change.override',
      { intent, overrides: [{ guard: 'frozen', reason: 'x' }] },
    ],
    ['post', '/changes/x/actions/stop', 'fleet.change.create', {}],
    ['get', '/changes', 'fleet.change.read', undefined],
    ['get', '/changes/x', 'fleet.change.read', undefined],
  ] as const)('%s %s needs %s', async (method, path, permission, body) => {
    const app = await start([permission]);
    const response = await request(app)[method](path).send(body);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain(permission);
    expect(await harness.host.log()).toHaveLength(1);
  });

  it('shows and allows only what the conditions of a policy allow', async () => {
    const all = await start();
    const { body: change } = await request(all)
      .post('/changes')
      .send({ intent, mode: 'pull-request' });
    const as = async (kinds: string[]) => {
      const decide = mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: (async (
          queries: Array<{ permission: { name: string } }>,
        ) =>
          queries.map(({ permission }) =>
            permission.name.startsWith('fleet.change.')
              ? {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'fleet',
                  resourceType: 'fleet-change',
                  conditions: {
                    rule: 'IS_INTENT',
                    resourceType: 'fleet-change',
                    params: { kinds },
                  },
                }
              : { result: AuthorizeResult.ALLOW },
          )) as any,
      });
      const router = await createOpenApiRouter();
      registerChangeRoutes(router, {
        httpAuth: mockServices.httpAuth(),
        changes: new AuthorizedChanges({
          ...(await harness.replica()),
          auditor,
          permissions: decide,
        }),
      });
      return express().use(router).use(mockErrorHandler());
    };
    const services = await as(['service.*']);
    const clusters = await as(['cluster.*']);

    expect((await request(services).get('/changes')).body.items).toEqual([]);
    expect((await request(clusters).get('/changes')).body.items).toHaveLength(
      1,
    );
    expect((await request(services).get(`/changes/${change.id}`)).status).toBe(
      404,
    );
    expect((await request(clusters).get(`/changes/${change.id}`)).status).toBe(
      200,
    );
    const stop = `/changes/${change.id}/actions/stop`;
    // Not told that it exists.
    expect((await request(services).post(stop)).status).toBe(404);
    const refused = await request(services)
      .post('/changes')
      .send({ intent: label('b', { tier: 'x' }), mode: 'commit' });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('fleet.change.write');
    expect(await harness.host.log()).toHaveLength(1);
    expect((await request(clusters).post(stop)).status).toBe(200);
  });

  it.each([
    ['post', '/plans', { intent }],
    ['post', '/changes', { intent }],
    ['post', '/changes/x/actions/stop', undefined],
    ['get', '/changes', undefined],
    ['get', '/changes/x', undefined],
  ] as const)(
    '%s %s refuses who is not signed in',
    async (method, path, body) => {
      const app = await start();
      const response = await request(app)
        [method](path)
        .set('authorization', mockCredentials.none.header())
        .send(body);
      expect(response.status).toBe(401);
    },
  );

  it('takes changes of other services of the portal in their name', async () => {
    const app = await start();
    const { status, body } = await request(app)
      .post('/changes')
      .set('authorization', mockCredentials.service.header())
      .send({ intent, mode: 'commit' });
    expect([status, body.requester]).toEqual([201, 'external:test-service']);
    const mine = await request(app).get(
      '/changes?requester=external%3Atest-service',
    );
    expect(mine.body.total).toBe(1);
  });

  it('names the field of a request that is no intent', async () => {
    const app = await start();
    const response = await request(app)
      .post('/changes')
      .send({ intent: { kind: 'nope', parameters: {} } });
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('intent');
  });
});
