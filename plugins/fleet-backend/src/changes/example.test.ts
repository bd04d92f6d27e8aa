import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import type { FleetView } from './types';

// Each test runs Git processes.
jest.setTimeout(60_000);

const onboard = (service: string, clusters: string[]) => ({
  kind: 'service.onboard',
  parameters: { service, clusters },
});

describe('changes to the example fleet', () => {
  let harness: ChangesHarness;
  let before: ReadonlyMap<string, string>;
  const start = async (options: { token?: string; view?: FleetView } = {}) => {
    harness = await ChangesHarness.start();
    await harness.host.commit(exampleRepository(harness.host.url));
    before = await harness.host.files();
    return harness.replica({
      ...options,
      intents: { parseIntent, applyIntent, planChanges },
    });
  };
  afterEach(() => harness.stop());

  const changedFiles = async () => {
    const after = await harness.host.files();
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      path => before.get(path) !== after.get(path),
    );
  };

  it('onboards a new service: its ApplicationSet and a label on each cluster', async () => {
    const { engine } = await start();
    const clusters = ['spoke-eu-west-1-staging', 'spoke-eu-west-1-prod'];
    const { change } = await engine.create({
      intent: onboard('loyalty', clusters),
      mode: 'commit',
      requester: 'user:default/guest',
    });
    expect(change).toMatchObject({
      state: 'merged',
      plan: { evaluable: true, creates: 2, changes: 0, deletes: 0, guards: [] },
    });
    expect(
      change.plan.applications.map(({ action, name, cluster }) => ({
        action,
        name,
        cluster,
      })),
    ).toEqual(
      [...clusters].sort().map(cluster => ({
        action: 'create',
        name: `loyalty-${cluster}`,
        cluster,
      })),
    );
    expect((await changedFiles()).sort()).toEqual([
      'applicationsets/loyalty.yaml',
      'clusters/spoke-eu-west-1-prod.yaml',
      'clusters/spoke-eu-west-1-staging.yaml',
    ]);
    const { files } = await harness.host.git.snapshot('main');
    expect(files.get('clusters/spoke-eu-west-1-prod.yaml')).toContain(
      'enable_loyalty: "true"',
    );

    const again = await engine.create({
      intent: onboard('loyalty', clusters),
      mode: 'commit',
    });
    expect(again).toMatchObject({
      written: false,
      change: { state: 'unchanged' },
    });
  });

  it('says in the plan which rules of a claim could not be checked', async () => {
    const { engine } = await start();
    const definition = 'platform/crossplane/eksclusters.yaml';
    const rule = 'self.region.inAnotherLibrary()';
    await harness.host.commit({
      [definition]: before
        .get(definition)!
        .replace(
          '                  required: [region',
          `                  x-kubernetes-validations: [{ rule: ${rule} }]\n                  required: [region`,
        ),
    });
    const plan = (clusters: string[], waves?: object) =>
      engine.plan({
        kind: 'cluster.upgrade',
        parameters: { clusters, kubernetesVersion: 'v1.34.1', waves },
      });
    const [claim, other] = ['spoke-eu-west-1-prod', 'spoke-ap-south-1-prod'];
    const whole = await plan([claim, other], {
      by: 'list',
      clusters: [[other], [claim]],
    });
    expect(whole).toMatchObject({
      clusters: [other, claim],
      stages: [
        { title: 'Wave 1', clusters: [other] },
        { title: 'Wave 2', clusters: [claim] },
      ],
      notChecked: [
        {
          file: `claims/${claim}.yaml`,
          field: 'spec.parameters',
          rule,
          reason: expect.stringMatching(/./),
        },
      ],
    });
    expect(await plan([other])).not.toHaveProperty('notChecked');
  });

  it('puts no cluster into a wave that only another repository deploys to', async () => {
    const { engine } = await start({
      view: {
        hub: () => ({
          clusters: [
            {
              name: 'spoke-of-others',
              server: 'https://others',
              labels: { environment: 'prod', region: 'mars-1' },
              annotations: {},
            },
          ],
        }),
        // Their Application of the service, which this repository does not make.
        placesOf: () => ['spoke-of-others'],
        deployment: () => undefined,
        live: () => false,
        onRevision: () => () => {},
      },
    });
    const plan = (waves: object) =>
      engine.plan({
        kind: 'service.promote',
        parameters: {
          service: 'payments',
          version: '9.9.9',
          to: { environments: ['prod'] },
          waves,
        },
      });
    const { clusters, stages } = await plan({ by: 'region' });
    expect(clusters).toEqual(['spoke-ap-south-1-prod', 'spoke-eu-west-1-prod']);
    expect(stages!.flatMap(stage => stage.clusters).sort()).toEqual(clusters);
    await expect(
      plan({ by: 'list', clusters: [clusters!, ['spoke-of-others']] }),
    ).rejects.toThrow(
      'parameters.waves.clusters: `spoke-of-others` is not among the targets.',
    );
    await expect(plan({ by: 'region', order: ['mars-1'] })).rejects.toThrow(
      'no target is in region `mars-1`',
    );
  });

  it('keeps an edit that somebody made to the same cluster file meanwhile', async () => {
    const { engine } = await start();
    const path = 'clusters/spoke-us-east-1-prod.yaml';
    const theirs = before.get(path)!.replace('# Services', '# Our services');
    harness.host.faults.inject({
      kind: 'advance-head',
      branch: 'main',
      changes: new Map([[path, theirs]]),
    });
    await engine.create({
      intent: onboard('payments', ['spoke-us-east-1-prod']),
      mode: 'commit',
    });
    const text = (await harness.host.files()).get(path)!;
    expect(text).toContain('# Our services');
    expect(text).toContain('enable_payments: "true"');
    expect(text.split('\n').length).toBe(theirs.split('\n').length + 1);
  });

  it.each([
    ['an unknown cluster', onboard('payments', ['spoke-mars']), /spoke-mars/],
    [
      'a name that is no DNS label',
      onboard('Payments!', ['spoke-us-east-1-prod']),
      /parameters\.service: must be a DNS label/,
    ],
    [
      'a service without a chart',
      onboard('nothing', ['spoke-us-east-1-prod']),
      /services\/nothing/,
    ],
    ['no cluster', onboard('payments', []), /parameters\.clusters/],
    ['an unknown kind', { kind: 'x', parameters: {} }, /service\.onboard/],
  ])('refuses %s and writes nothing', async (_, intent, message) => {
    const { engine, journal } = await start();
    await expect(engine.create({ intent, mode: 'commit' })).rejects.toThrow(
      message,
    );
    expect(await changedFiles()).toEqual([]);
    expect(await journal.list({ limit: 10 })).toEqual([]);
  });

  it('refuses a cluster file that does not parse and writes nothing', async () => {
    const { engine } = await start();
    const path = 'clusters/spoke-us-east-1-prod.yaml';
    await harness.host.commit({
      [path]: before.get(path)!.replace('metadata:', 'metadata: ['),
    });
    before = await harness.host.files();
    await expect(
      engine.create({
        intent: onboard('payments', ['spoke-us-east-1-prod']),
        mode: 'commit',
      }),
    ).rejects.toThrow(/clusters\/spoke-us-east-1-prod\.yaml/);
    expect(await changedFiles()).toEqual([]);
  });
});
