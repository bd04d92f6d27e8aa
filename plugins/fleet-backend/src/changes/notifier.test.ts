import { mockServices } from '@backstage/backend-test-utils';
import { ChangesHarness, label } from '../__testUtils__/changes';
import { ChangeNotifier } from './notifier';

// Each test runs Git processes.
jest.setTimeout(60_000);

describe('notifications of changes', () => {
  let harness: ChangesHarness;
  const send = jest.fn();
  beforeEach(() => send.mockReset().mockResolvedValue(undefined));
  afterEach(() => harness.stop());

  const start = async () => {
    harness = await ChangesHarness.start();
    const replica = await harness.replica();
    const notifier = new ChangeNotifier({
      notifications: { send },
      journal: replica.journal,
      ownerOf: () => 'group:default/team-a',
      logger: mockServices.logger.mock(),
    });
    /** Tells of all that was journaled since the last call. */
    const tell = async () => {
      for (const id of harness.signals.splice(0)) await notifier.notify(id);
    };
    return { ...replica, tell };
  };
  const order = {
    intent: label('a', { tier: 'x' }),
    mode: 'pull-request' as const,
    requester: 'user:default/ada',
  };

  it('tells the requester once, at the end', async () => {
    const { engine, tracker, tell } = await start();
    const { change } = await engine.create(order);
    await tell();
    expect(send).not.toHaveBeenCalled();

    await harness.host.close(1);
    await tracker.pollPullRequests('fleet-gitops');
    await tell();
    expect(send).toHaveBeenCalledTimes(1);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: ['user:default/ada'] },
      payload: expect.objectContaining({
        title: 'Label a: stopped',
        description: 'Pull request #1 was closed without a merge',
        link: `/fleet/changes/${change.id}`,
      }),
    });
  });

  it('says nothing of what was never written', async () => {
    const { engine, tell } = await start();
    await harness.host.commit({ stop: '' });
    await expect(engine.create(order)).rejects.toThrow(/frozen/);
    await harness.host.commit({ stop: undefined, 'clusters/a': 'tier: x\n' });
    await engine.create(order);
    await tell();
    expect(send).not.toHaveBeenCalled();
  });

  it('does not mind a portal without notifications', async () => {
    const { engine, tracker, tell } = await start();
    send.mockRejectedValue(new Error('404'));
    await engine.create(order);
    await harness.host.close(1);
    await tracker.pollPullRequests('fleet-gitops');
    await expect(tell()).resolves.toBeUndefined();
  });
});
