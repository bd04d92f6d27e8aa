import { ConfigReader } from '@backstage/config';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubObjectKind } from '@backstage-fleet/plugin-fleet-node';
import { HubCopy } from './__testUtils__/hubCopy';
import { runSource, type SourceRun } from './__testUtils__/runSource';
import { createKubernetesHubSourceFactory } from './kubernetesHubSource';
import { networkError, ScriptedHub, status } from './__testUtils__/scriptedHub';
import { VirtualClock } from './__testUtils__/virtualClock';

describe('createKubernetesHubSourceFactory', () => {
  let clock: VirtualClock;
  let hub: ScriptedHub;
  let run: SourceRun;

  async function start(config: Record<string, unknown> = {}) {
    const source = createKubernetesHubSourceFactory({
      clock,
      random: () => 0.5,
      createTransport: () => hub,
    }).create({
      hubId: 'hub',
      config: new ConfigReader({
        url: 'https://hub',
        provisioning: false,
        ...config,
      }),
    });
    const keyOf = ({ metadata }: KubernetesObject) =>
      `${metadata.namespace}/${metadata.name}`;
    run = await runSource(clock, source, new HubCopy(keyOf));
  }

  beforeEach(() => {
    clock = new VirtualClock();
    hub = new ScriptedHub(clock);
  });

  afterEach(() => run.stop());

  const statusOf = (kind: HubObjectKind) => run.copy.statusOf(kind);

  it('asks for nothing more than four kinds in the namespace of Argo CD, and which APIs there are', async () => {
    await start({ namespace: 'gitops', provisioning: true });
    expect(hub.lists.map(({ path }) => path).sort()).toEqual([
      '/api/v1/namespaces/gitops/secrets',
      '/apis',
      '/apis/argoproj.io/v1alpha1/namespaces/gitops/applications',
      '/apis/argoproj.io/v1alpha1/namespaces/gitops/applicationsets',
      '/apis/argoproj.io/v1alpha1/namespaces/gitops/appprojects',
    ]);
    const secrets = hub.requests.filter(({ path }) => path.endsWith('secrets'));
    expect(secrets).toHaveLength(2);
    for (const { query } of secrets) {
      expect(query.get('labelSelector')).toBe(
        'argocd.argoproj.io/secret-type=cluster',
      );
    }
  });

  it('delivers the rest of a hub that forbids a kind, and says which', async () => {
    hub.fault = ({ path }) =>
      path.endsWith('appprojects') ? status(403, 'forbidden') : undefined;
    await start();
    expect(statusOf('Application')).toBe('live');
    expect(statusOf('Cluster')).toBe('live');
    expect(statusOf('AppProject')).toBe('unauthorized');
    expect(run.copy.states.get('AppProject')?.message).toMatch(
      /appprojects\.argoproj\.io in namespace argocd/,
    );
  });

  it('brings all kinds back together when one gets through', async () => {
    await start();
    hub.fault = () => networkError('ECONNREFUSED');
    for (const watch of hub.watches) watch.break();
    await clock.advance(120_000);
    expect(run.copy.statuses).toEqual(Array(4).fill('unreachable'));

    hub.fault = undefined;
    let waited = 0;
    while (!run.copy.statuses.includes('live')) {
      await clock.advance(1_000);
      waited++;
    }
    await clock.advance(100);
    expect(waited).toBeLessThanOrEqual(30);
    expect(run.copy.statuses).toEqual(Array(4).fill('live'));
  });

  it('joins namespaces: a kind is as well as its worst one', async () => {
    hub.objects = [{ metadata: { name: 'a', namespace: 'team-a' } }];
    hub.fault = ({ path }) =>
      path.includes('team-b') ? status(403, 'forbidden') : undefined;
    await start({ namespaces: ['team-a', 'team-b'] });
    expect(statusOf('Application')).toBe('unauthorized');
    expect(run.copy.states.get('Application')?.message).toMatch(
      /namespace team-b/,
    );
    expect(run.copy.keys('Application')).toEqual(['team-a/a']);

    hub.objects = [{ metadata: { name: 'b', namespace: 'team-b' } }];
    hub.fault = undefined;
    await clock.advance(2_000);
    expect(statusOf('Application')).toBe('live');
    expect(run.copy.keys('Application')).toEqual(['team-a/a', 'team-b/b']);
  });

  it('leaves no timer and no connection behind', async () => {
    await start();
    hub.lastWatch.break();
    await run.stop();
    expect(hub.closed).toBe(true);
    expect(clock.waiting).toBe(0);
    expect(hub.watches.every(({ closed }) => closed)).toBe(true);
  });

  it('watches all namespaces where asked to', async () => {
    await start({ namespaces: ['*'] });
    expect(hub.lists.map(({ path }) => path)).toContain(
      '/apis/argoproj.io/v1alpha1/applications',
    );
  });
});
