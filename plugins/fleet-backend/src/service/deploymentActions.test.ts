import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { ConflictError } from '@backstage/errors';
import { application, cluster } from '../store/__testUtils__/objects';
import {
  allow,
  deny,
  FleetApi,
  ifDeployment,
  type Policy,
  reads,
} from './__testUtils__/fleetApi';
import { registerDeploymentAgentActions } from './deploymentAgentActions';

const PROD = '/deployments/eu/argocd/payments-prod-1/actions';
const DEV = '/deployments/eu/argocd/payments-dev-1/actions';
const may = (action: string, decision = allow): Policy => ({
  ...reads(allow),
  [`fleet.deployment.${action}`]: decision,
});

describe('what is done with deployments', () => {
  let api: FleetApi;
  beforeAll(async () => {
    api = await FleetApi.start();
    const us = api.store.sink('us');
    us.replace('Cluster', [cluster('prod-9')]);
    us.replace('Application', [
      application({ name: 'lonely', destination: { name: 'prod-9' } }),
    ]);
  });
  beforeEach(() => {
    jest.clearAllMocks();
    api.policy = reads(allow);
    api.created.mockResolvedValue({ change: { id: '1' }, written: true });
  });

  describe.each(['sync', 'refresh'])('%s', action => {
    it('is refused to nobody, and without the permission', async () => {
      const path = `${PROD}/${action}`;
      expect((await api.anonymous('post', path)).status).toBe(401);
      const refused = await api.post(path);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toBe(
        `You may not ${action} payments-prod-1: it needs the permission fleet.deployment.${action}.`,
      );
      const other = action === 'sync' ? 'refresh' : 'sync';
      api.policy = may(other);
      expect((await api.post(path)).status).toBe(403);
      expect(api.asked).not.toHaveBeenCalled();
      expect(api.audit.fail).toHaveBeenCalledTimes(2);
    });

    it.each([
      ['a user', mockCredentials.user.header(), 'user:default/mock'],
      ['a service', mockCredentials.service.header(), 'external:test-service'],
    ])('is asked of the hub for %s', async (_who, authorization, requester) => {
      api.policy = may(action);
      const answer = await api.post(`${PROD}/${action}`, {}, { authorization });
      expect(answer.status).toBe(202);
      expect(answer.body).toEqual({
        deployment: 'eu/argocd/payments-prod-1',
        action,
        requestedAt: '1970-01-01T00:00:00.000Z',
        message: expect.stringContaining('payments-prod-1'),
        revision: api.store.revision,
      });
      expect(api.asked).toHaveBeenCalledWith(
        { namespace: 'argocd', name: 'payments-prod-1' },
        expect.objectContaining({ action }),
        requester,
      );
      expect(api.audit.event).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'deployment-act',
          meta: expect.objectContaining({
            deployment: 'eu/argocd/payments-prod-1',
            action,
          }),
        }),
      );
      expect(api.audit.success).toHaveBeenCalledTimes(1);
    });

    it.each([
      ['IN_ENVIRONMENT', { environments: ['dev'] }],
      ['IN_REGION', { regions: ['eu-west-1'] }],
      ['IS_SERVICE_OWNER', { claims: ['group:default/team-payments'] }],
      ['ON_HUB', { hubs: ['eu'] }],
    ])('depends on %s', async (rule, params) => {
      api.policy = may(action, ifDeployment(rule, params));
      expect((await api.post(`${DEV}/${action}`)).status).toBe(202);
      const [nothing] = Object.keys(params);
      api.policy = may(action, ifDeployment(rule, { [nothing]: ['none'] }));
      expect((await api.post(`${DEV}/${action}`)).status).toBe(403);
      expect(api.asked).toHaveBeenCalledTimes(1);
    });

    it('does not tell of what may not be seen', async () => {
      api.policy = {
        ...may(action),
        'fleet.deployment.read': ifDeployment('IN_ENVIRONMENT', {
          environments: ['dev'],
        }),
      };
      const hidden = await api.post(`${PROD}/${action}`);
      const absent = await api.post(
        `/deployments/eu/argocd/nothing/actions/${action}`,
      );
      expect([hidden.status, absent.status]).toEqual([404, 404]);
      expect(hidden.body.error.message.replace('payments-prod-1', 'x')).toBe(
        absent.body.error.message.replace('nothing', 'x'),
      );
    });

    it('is refused where the hub is read-only', async () => {
      api.policy = may(action);
      const refused = await api.post(
        `/deployments/us/argocd/lonely/actions/${action}`,
      );
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toMatch(
        /^This hub is read-only: set `actions: true` of hub us in `fleet.hubs`/,
      );
    });

    it('passes on what the hub refuses', async () => {
      api.policy = may(action);
      api.asked.mockRejectedValueOnce(new ConflictError('Wait.'));
      const refused = await api.post(`${PROD}/${action}`);
      expect([refused.status, refused.body.error.message]).toEqual([
        409,
        'Wait.',
      ]);
      expect(api.audit.fail).toHaveBeenCalledTimes(1);
    });
  });

  it.each([
    ['sync', { prune: 'yes' }],
    ['refresh', { type: 'soft' }],
    ['rollback', {}],
    ['explode', {}],
  ])('refuses %s with %j', async (action, body) => {
    api.policy = { ...may('sync'), ...may('refresh') };
    const { status } = await api.post(`${PROD}/${action}`, body);
    expect(status).toBe(action === 'explode' ? 404 : 400);
  });

  it('rolls back one cluster by a change', async () => {
    const answer = await api.post(`${PROD}/rollback`, {
      version: '1.0.0',
      reason: 'Slow',
      mode: 'commit',
    });
    expect([answer.status, answer.body]).toEqual([201, { id: '1' }]);
    expect(api.created).toHaveBeenCalledWith(expect.anything(), {
      reason: 'Slow',
      mode: 'commit',
      intent: {
        kind: 'service.rollback',
        repository: 'gitops-eu',
        parameters: {
          service: 'payments',
          version: '1.0.0',
          on: { clusters: ['prod-1'] },
        },
      },
    });
    const unnamed = await api.post(
      '/deployments/us/argocd/lonely/actions/rollback',
      {
        version: '1.0.0',
      },
    );
    expect(unnamed.status).toBe(409);
    expect(unnamed.body.error.message).toMatch(/No rule says which service/);
  });

  it('tells with a deployment what may be asked', async () => {
    const told = async () => {
      const lists = await Promise.all([
        api.body('/deployments?sort=cluster'),
        api.body('/services/payments/deployments?deployed=true'),
      ]);
      const [found, rows] = lists.map(({ items }) =>
        items
          .flatMap(
            ({ deployment, deployments }: any) => deployment ?? deployments,
          )
          .filter(({ name }: any) => name.startsWith('payments'))
          .map(({ name, actions }: any) => `${name}: ${actions}`)
          .sort(),
      );
      expect(found).toEqual(rows);
      return found;
    };
    const dev = ifDeployment('IN_ENVIRONMENT', { environments: ['dev'] });
    expect((await told())[0]).toBe('payments-dev-1: undefined');
    api.policy = { ...may('refresh'), ...may('sync', dev) };
    expect(await told()).toEqual([
      'payments-dev-1: sync,refresh',
      'payments-prod-1: refresh',
      'payments-prod-2: refresh',
    ]);
    api.policy = { ...may('refresh', deny), ...may('sync', dev) };
    expect(await told()).toEqual([
      'payments-dev-1: sync',
      'payments-prod-1: undefined',
      'payments-prod-2: undefined',
    ]);
    const hubs = await api.body('/hubs');
    expect(hubs.items.map(({ id, actions }: any) => [id, actions])).toEqual([
      ['eu', true],
      ['us', false],
    ]);
  });

  it('is offered to agents, who need the same permissions', async () => {
    const registry = actionsRegistryServiceMock();
    registerDeploymentAgentActions(registry, api.actions);
    const invoke = (id: string, input: object = {}) =>
      registry.invoke({
        id: `test:${id}`,
        input: { deployment: 'eu/argocd/payments-prod-1', ...input },
        credentials: mockCredentials.user(),
      });
    await expect(invoke('sync-deployment')).rejects.toThrow(
      /fleet\.deployment\.sync/,
    );
    api.policy = { ...may('sync'), ...may('refresh') };
    expect((await invoke('sync-deployment', { prune: true })).output).toEqual({
      message: 'Argo CD was asked to sync payments-prod-1.',
    });
    expect(api.asked).toHaveBeenLastCalledWith(
      expect.anything(),
      expect.objectContaining({ action: 'sync', prune: true }),
      'user:default/mock',
    );
    await invoke('refresh-deployment', { type: 'hard' });
    expect(api.asked).toHaveBeenLastCalledWith(
      expect.anything(),
      { action: 'refresh', type: 'hard' },
      'user:default/mock',
    );
    const rollback = { version: '1.0.0', dryRun: true };
    expect((await invoke('rollback-deployment', rollback)).output).toEqual({
      change: { id: '1' },
      written: true,
    });
    const { actions } = await registry.list();
    expect(
      Object.fromEntries(
        actions.map(({ name, attributes }) => [name, attributes]),
      ),
    ).toEqual({
      'sync-deployment': {
        readOnly: false,
        destructive: true,
        idempotent: false,
      },
      'refresh-deployment': {
        readOnly: false,
        destructive: false,
        idempotent: true,
      },
      'rollback-deployment': {
        readOnly: false,
        destructive: true,
        idempotent: true,
      },
    });
  });
});
