import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ChangesHarness, label } from '../__testUtils__/changes';
import { registerChangeActions } from './agentActions';
import { AuthorizedChanges } from './authorizedChanges';

// Each test runs Git processes.
jest.setTimeout(60_000);

describe('changes as actions for agents', () => {
  let harness: ChangesHarness;
  afterEach(() => harness.stop());

  const start = async (denied: string[] = []) => {
    harness = await ChangesHarness.start();
    const decide = (async (queries: Array<{ permission: { name: string } }>) =>
      queries.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      }))) as any;
    const auditor = mockServices.auditor.mock();
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    const registry = actionsRegistryServiceMock();
    registerChangeActions(
      registry,
      new AuthorizedChanges({
        ...(await harness.replica()),
        auditor,
        permissions: mockServices.permissions.mock({
          authorize: decide,
          authorizeConditional: decide,
        }),
      }),
    );
    const invoke = async (name: string, input: any) => {
      const { output } = await registry.invoke({
        id: `test:${name}`,
        input,
        credentials: mockCredentials.user(),
      });
      return output as any;
    };
    return { registry, invoke, auditor };
  };
  const intent = label('a', { tier: 'x' });

  it('say which of them write', async () => {
    const { registry } = await start();
    const { actions } = await registry.list();
    expect(
      actions.map(({ name, attributes }) => [name, attributes]),
    ).toMatchObject([
      ['plan-change', { readOnly: true, destructive: false }],
      [
        'create-change',
        { readOnly: false, destructive: true, idempotent: true },
      ],
      ['get-change', { readOnly: true }],
      ['list-changes', { readOnly: true }],
    ]);
  });

  it('plan, write, show and list', async () => {
    const { invoke, auditor } = await start();
    const { plan } = await invoke('plan-change', { intent });
    expect(plan).toMatchObject({ changes: 1 });
    expect(await harness.host.log()).toHaveLength(1);

    const { change, written } = await invoke('create-change', {
      intent,
      mode: 'commit',
      reason: 'Asked to',
    });
    expect(written).toBe(true);
    expect(change).toMatchObject({
      state: 'merged',
      requester: 'user:default/mock',
    });
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
    expect(await invoke('get-change', { id: change.id })).toEqual({ change });
    expect(await invoke('list-changes', {})).toEqual({
      changes: [change],
      total: 1,
    });
    expect(
      (await invoke('create-change', { intent, mode: 'commit' })).written,
    ).toBe(false);
  });

  it('need the same permissions as the HTTP API', async () => {
    const { invoke } = await start(['fleet.change.write']);
    await expect(invoke('create-change', { intent })).rejects.toThrow(
      /fleet.change.write/,
    );
    expect(await harness.host.log()).toHaveLength(1);
  });
});
