import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { applications, secrets } from '@backstage-fleet/dev-hub';
import {
  CREDENTIALS,
  FleetHarness,
  until,
} from './service/__testUtils__/fleetHarness';

// Each test runs Git processes and a backend.
jest.setTimeout(120_000);

const ROUTES = [
  '/hubs',
  '/clusters',
  '/services',
  '/services/payments/deployments',
  '/matrix',
  '/explain?service=payments&cluster=hub%2Fspoke-us-east-1-prod',
  '/repositories',
  '/blueprints',
];

const payments = 'payments-spoke-eu-west-1-prod';

describe('fleet backend', () => {
  let fleet: FleetHarness;
  afterEach(() => fleet.stop());

  const ready = () =>
    until(async () => {
      const { body } = await fleet.get('/services/payments/deployments');
      const known = body.items?.flatMap((row: any) => row.deployments) ?? [];
      return (
        known.length > 0 &&
        known.every((item: any) => item.desired && item.synced)
      );
    });

  it('answers what runs where, in which version, and why not', async () => {
    fleet = await FleetHarness.start({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'payments',
            title: 'Payments',
            annotations: { 'fleet/service': 'payments' },
          },
          relations: [
            { type: 'ownedBy', targetRef: 'group:default/team-payments' },
          ],
        },
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'loyalty',
            annotations: { 'fleet/service': 'loyalty' },
          },
        },
      ],
    });
    await ready();

    const hubs = (await fleet.get('/hubs')).body;
    expect(hubs.items).toEqual([
      expect.objectContaining({
        id: 'hub',
        title: 'Hub',
        argocdUrl: 'http://argocd.example',
        freshness: expect.objectContaining({ status: 'live' }),
        counts: {
          clusters: 6,
          applications: fleet.store.list(applications).items.length,
          applicationSets: 8,
        },
      }),
    ]);

    const clusters = (await fleet.get('/clusters?environment=prod')).body;
    expect(clusters.items.map((item: any) => item.id)).toEqual([
      'hub/spoke-ap-south-1-prod',
      'hub/spoke-eu-west-1-prod',
      'hub/spoke-us-east-1-prod',
    ]);
    expect(clusters.items[1]).toMatchObject({
      region: 'eu-west-1',
      environment: 'prod',
      file: 'clusters/spoke-eu-west-1-prod.yaml',
      services: 7,
    });

    const services = (await fleet.get('/services')).body.items;
    expect(services).toContainEqual(
      expect.objectContaining({
        name: 'payments',
        title: 'Payments',
        owner: 'group:default/team-payments',
        applicationSet: 'services-payments',
      }),
    );
    expect(services).toContainEqual(
      expect.objectContaining({ name: 'loyalty', deployments: 0 }),
    );

    const { body } = await fleet.get('/services/payments/deployments');
    expect(body.items).toHaveLength(6);
    const row = body.items.find(
      (item: any) => item.cluster.name === 'spoke-eu-west-1-prod',
    );
    expect(row.deployments).toEqual([
      expect.objectContaining({
        id: `hub/argocd/${payments}`,
        argocdUrl: `http://argocd.example/applications/argocd/${payments}`,
        state: 'healthy',
        namedBy: 'label fleet/service',
        running: expect.objectContaining({ text: '0.0.1' }),
        desired: expect.objectContaining({
          text: '1.4.2',
          commit: expect.objectContaining({ message: 'Edit by hand' }),
        }),
        synced: expect.objectContaining({ text: '1.4.2' }),
      }),
    ]);

    const absent = (await fleet.get(ROUTES[5])).body;
    expect(absent).toMatchObject({
      verdict: 'absent',
      reason: 'label-missing',
      hubAgrees: true,
      file: 'clusters/spoke-us-east-1-prod.yaml',
      intent: { kind: 'service.onboard', repository: 'gitops' },
    });
    expect(absent.fileUrl).toMatch(/clusters\/spoke-us-east-1-prod\.yaml$/);

    const repositories = (await fleet.get('/repositories')).body.items;
    expect(repositories).toEqual([
      expect.objectContaining({
        id: 'gitops',
        branch: 'main',
        layout: 'cluster-generator',
        head: expect.objectContaining({ message: 'Edit by hand' }),
      }),
    ]);
  });

  it('follows the hub and Git, and tells browsers', async () => {
    fleet = await FleetHarness.start();
    await ready();
    const full: Matrix = (await fleet.get('/matrix')).body;
    const row = full.services.findIndex(({ name }) => name === 'payments');
    const column = full.clusters.findIndex(
      ({ name }) => name === 'spoke-eu-west-1-prod',
    );
    fleet.revisions.length = 0;

    fleet.report(payments, {
      health: { status: 'Degraded', message: 'Probe fails' },
      summary: { images: ['registry.example/payments:2.0.0'] },
    });
    await until(() => fleet.revisions.length > 0);
    const delta: Matrix = (await fleet.get(`/matrix?since=${full.revision}`))
      .body;
    expect(delta).toMatchObject({
      full: false,
      services: [],
      clusters: [],
      cells: { row: [row], column: [column], state: [0], health: [2] },
    });
    expect(delta.versions[delta.cells.running[0]]).toBe('2.0.0');
    expect(fleet.revisions).toContain(delta.revision);

    fleet.remove(payments);
    await until(async () => {
      const answer = await fleet.get(`/matrix?since=${delta.revision}`);
      return answer.body.removed.join() === `${row},${column}`;
    });
    const pending = await fleet.get(
      '/explain?service=payments&cluster=hub%2Fspoke-eu-west-1-prod',
    );
    expect(pending.body).toMatchObject({
      verdict: 'absent',
      reason: 'application-pending',
      hubAgrees: false,
    });

    const values = (await fleet.git.files()).get(
      'services/accounts/values.yaml',
    )!;
    const before = /tag: "(.*)"/.exec(values)![1];
    await fleet.git.commit({
      'services/accounts/values.yaml': values.replace(before, '9.9.9'),
    });
    const [accounts] = await until(async () => {
      const { body } = await fleet.get('/services/accounts/deployments');
      const all = body.items.flatMap((item: any) => item.deployments);
      return all.every((item: any) => item.desired?.text === '9.9.9') && all;
    });
    expect(accounts.synced.text).toBe(before);
  });

  it('says that a hub is gone, keeps what it had, and finds it again', async () => {
    fleet = await FleetHarness.start();
    await ready();
    await fleet.kill();
    await until(async () => (await fleet.hubStatus()) === 'unreachable');
    const { body } = await fleet.get('/matrix');
    expect(body.hubs[0]).toMatchObject({
      status: 'unreachable',
      observedAt: expect.any(String),
      message: expect.stringMatching(/refuses connections/),
    });
    expect(body.cells.row.length).toBe(
      fleet.store.list(applications).items.length,
    );

    fleet.remove(payments);
    await fleet.listen();
    await until(async () => (await fleet.hubStatus()) === 'live');
    await until(async () => {
      const answer = await fleet.get('/services/payments/deployments');
      return !JSON.stringify(answer.body.items).includes(payments);
    });
    expect(fleet.logs.filter(line => line.startsWith('Hub hub is'))).toEqual([
      'Hub hub is live',
      expect.stringMatching(/^Hub hub is unreachable: /),
      'Hub hub is live',
    ]);
  });

  it('asks the hub no more with many viewers than with none', async () => {
    fleet = await FleetHarness.start();
    await ready();
    const { requests } = fleet;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        fleet.get(ROUTES[index % ROUTES.length]),
      ),
    );
    // A watch may end and be opened again in the meantime.
    expect(fleet.requests - requests).toBeLessThanOrEqual(4);
  });

  it('lets no byte of a cluster’s credentials out', async () => {
    fleet = await FleetHarness.start();
    await ready();
    const stored = JSON.stringify(
      fleet.store.list(secrets, { namespace: 'argocd' }),
    );
    const traces = [CREDENTIALS, 'bearerToken'].flatMap(text => [
      text,
      Buffer.from(text).toString('base64').slice(0, 12),
    ]);
    expect(stored).toContain(CREDENTIALS);
    fleet.faults.set([{ kind: 'expired', times: 8 }]);
    await until(async () => (await fleet.hubStatus()) === 'live');

    const answers = await Promise.all(ROUTES.map(route => fleet.get(route)));
    const said = JSON.stringify([
      answers.map(({ body }) => body),
      fleet.logs,
      fleet.revisions,
    ]);
    for (const trace of traces) expect(said).not.toContain(trace);
    expect(said).not.toContain('last-applied-configuration');
  });

  it.each(ROUTES)('asks who wants %s, and whether they may', async route => {
    fleet = await FleetHarness.start({ permission: AuthorizeResult.DENY });
    const nobody = await fleet.get(route, {
      authorization: mockCredentials.none.header(),
    });
    expect(nobody.status).toBe(401);
    const refused = await fleet.get(route);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(
      /needs the permission fleet\.(cluster|deployment)\.read/,
    );
  });

  it('says what is wrong with a question', async () => {
    fleet = await FleetHarness.start();
    await until(async () => (await fleet.hubStatus()) === 'live');
    const message = async (path: string) => {
      const { status, body } = await fleet.get(path);
      return `${status} ${body.error?.message}`;
    };
    expect(await message('/services/nope/deployments')).toMatch(
      /^404 No service 'nope' is known: .*fleet\/service: nope/,
    );
    expect(await message('/clusters?hub=nope')).toMatch(
      /^404 There is no hub 'nope'\. There are: hub\./,
    );
    expect(await message('/explain?service=a&cluster=nope')).toMatch(
      /^400 cluster 'nope' must be the id of a cluster, hub\/name/,
    );
    expect(await message('/matrix?since=yesterday')).toMatch(/^400 .*since/);
    expect(await message('/explain?service=a')).toMatch(/^400 .*cluster/);
  });
});
