import { applications } from '@backstage-fleet/dev-hub';
import { EmbeddedFleet } from './service/__testUtils__/embeddedFleet';
import { until } from './service/__testUtils__/fleetHarness';

// The hub replays a history first.
jest.setTimeout(180_000);

let fleet: EmbeddedFleet;
beforeAll(async () => {
  fleet = await EmbeddedFleet.start({ actions: true });
});
afterAll(() => fleet?.stop());

const ASKER = 'user:default/mock';

describe.each([
  ['kubernetes', { initiatedBy: { username: ASKER } }],
  [
    'argocd',
    {
      // The token's account; who asked stands beside it.
      initiatedBy: { username: 'backstage-fleet' },
      info: expect.arrayContaining([{ name: 'Requested by', value: ASKER }]),
    },
  ],
])('what a hub of type %s is asked to do', (hubId, attribution) => {
  const find = async (query: string): Promise<any[]> =>
    (await fleet.backend.get(`/deployments?hub=${hubId}&${query}`)).body
      .items ?? [];
  /** The only one of a hub that a name has. */
  const deploymentOf = async (name: string) => {
    const found = (await find(`text=${name}`)).find(
      ({ deployment }) => deployment.name === name,
    );
    return found?.deployment;
  };
  const act = (id: string, action: string, body: object = {}) =>
    fleet.backend.post(`/deployments/${id}/actions/${action}`, body);
  const onHub = (name: string): any =>
    fleet.hub.store.find(applications, { namespace: 'argocd', name });

  it('syncs what is out of sync, in the name of who asked', async () => {
    const { deployment } = await until(
      async () => (await find('sync=OutOfSync'))[0],
    );
    expect(deployment).toMatchObject({
      automatedSync: false,
      actions: ['sync', 'refresh'],
    });
    const { id, name } = deployment;
    const answer = await act(id, 'sync', { prune: true });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ deployment: id, action: 'sync' });
    // Versions are looked up in Git, a moment after the hub has told the revision.
    await until(async () => {
      const now = await deploymentOf(name);
      return (
        now.sync === 'Synced' &&
        now.operation?.phase === 'Succeeded' &&
        now.synced !== undefined &&
        now.synced.text === now.desired?.text
      );
    });
    const { operation } = onHub(name).status.operationState;
    expect(operation.sync.prune).toBe(true);
    expect(operation).toMatchObject(attribution);
  });

  it('compares with Git again', async () => {
    const { deployment } = await until(async () => (await find('limit=1'))[0]);
    const { id, name, reconciledAt } = deployment;
    // Argo CD's times have seconds.
    await until(() => Date.now() > Date.parse(reconciledAt) + 1000);
    const answer = await act(id, 'refresh', { type: 'hard' });
    expect(answer.status).toBe(202);
    await until(
      async () => (await deploymentOf(name)).reconciledAt > reconciledAt,
    );
    expect(onHub(name).metadata.annotations ?? {}).not.toHaveProperty([
      'argocd.argoproj.io/refresh',
    ]);
  });

  it('says when there is no such Application any more', async () => {
    const { deployment } = await until(async () => (await find('limit=1'))[0]);
    const gone = deployment.id.replace(/[^/]+$/, 'gone');
    expect((await act(gone, 'sync')).status).toBe(404);
  });

  it('rolls one cluster back by a change of Git', async () => {
    const { deployment, cluster, service } = await until(async () =>
      (await find('service=payments')).find(item => item.deployment.desired),
    );
    const version = `${deployment.desired.text}-before`;
    const { status, body } = await act(deployment.id, 'rollback', {
      version,
      dryRun: true,
    });
    expect([status, body.error]).toEqual([200, undefined]);
    expect(body).toMatchObject({
      state: 'planned',
      intent: {
        kind: 'service.rollback',
        repository: 'gitops',
        parameters: { service, version, on: { clusters: [cluster.name] } },
      },
    });
    expect(body.plan.edits).not.toEqual([]);
  });
});
