import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { IntentKind } from '@backstage-fleet/plugin-fleet-common';
import {
  applyIntent,
  parseIntent,
  planChanges,
} from '@backstage-fleet/plugin-fleet-gitops';
import { ChangesHarness } from '../__testUtils__/changes';
import { exampleRepository } from '../__testUtils__/exampleRepository';
import { INTENTS, STAGING } from '../__testUtils__/intents';
import { conditional, policy, unheard } from '../__testUtils__/policies';
import { AuthorizedChanges } from './authorizedChanges';

// The repository is read by Git processes.
jest.setTimeout(60_000);

const intents = { parseIntent, applyIntent, planChanges };

describe('who may change what', () => {
  let harness: ChangesHarness;
  beforeAll(async () => {
    harness = await ChangesHarness.start();
    await harness.host.commit(exampleRepository(harness.host.url));
  });
  afterAll(() => harness.stop());

  const rule = (name: string, params: object) => ({
    rule: name,
    resourceType: 'fleet-change',
    params,
  });
  /** Roles as a policy makes them: what it answers for `fleet.change.write`. */
  const ROLES = {
    admin: undefined,
    reader: 'DENY',
    'team on staging': rule('IN_ENVIRONMENT', { environments: ['staging'] }),
    'operator of clusters': rule('IS_INTENT', { kinds: ['cluster.*'] }),
    'owner of other services': rule('IS_SERVICE_OWNER', {
      claims: ['group:default/others'],
    }),
    'of another hub': rule('ON_HUB', { hubs: ['elsewhere'] }),
  } as const;
  type Role = keyof typeof ROLES;

  const changesOf = async (role: Role) => {
    const answer = ROLES[role];
    const result = answer === 'DENY' ? AuthorizeResult.DENY : undefined;
    return new AuthorizedChanges({
      ...(await harness.replica({ intents })),
      auditor: unheard(),
      permissions: mockServices.permissions.mock({
        authorize: async queries =>
          queries.map(() => ({ result: result ?? AuthorizeResult.ALLOW })),
        authorizeConditional: policy({
          'fleet.change.write':
            typeof answer === 'object'
              ? conditional('fleet-change', answer)
              : { result: result ?? AuthorizeResult.ALLOW },
        }),
      }),
    });
  };

  /** Whether a dry run is let through: what is asked for is allowed, whatever guards or grammars say then. */
  const mayAsk = async (
    role: Role,
    kind: IntentKind,
    parameters: object = INTENTS[kind],
  ) => {
    const changes = await changesOf(role);
    const intent = { kind, parameters: parameters as any };
    try {
      await changes.create(
        { credentials: mockCredentials.user() },
        { intent, dryRun: true },
      );
      return true;
    } catch (error) {
      if ((error as Error).name === 'NotAllowedError') return false;
      throw error;
    }
  };

  const kinds = Object.keys(INTENTS) as IntentKind[];
  /** They concern production too. */
  const notOfStagingAlone: IntentKind[] = [
    'service.offboard',
    'service.hotfix',
  ];

  it.each(kinds)('%s, by role', async kind => {
    const allowed: Record<string, boolean> = {};
    for (const role of Object.keys(ROLES) as Role[])
      allowed[role] = await mayAsk(role, kind);
    expect(allowed).toEqual({
      admin: true,
      reader: false,
      'team on staging': !notOfStagingAlone.includes(kind),
      'operator of clusters': kind.startsWith('cluster.'),
      'owner of other services': false,
      'of another hub': false,
    });
  });

  it.each<[string, IntentKind, object]>([
    [
      'a cluster of production among others',
      'cluster.upgrade',
      {
        clusters: [STAGING, 'spoke-eu-west-1-prod'],
        kubernetesVersion: 'v1.34.0',
      },
    ],
    [
      'a cluster that becomes one of production',
      'cluster.label',
      { cluster: STAGING, labels: { environment: 'prod' } },
    ],
    [
      'a cluster that ceases to be one of production',
      'cluster.label',
      {
        cluster: 'spoke-eu-west-1-prod',
        labels: { environment: 'staging' },
      },
    ],
    [
      'a new cluster of production',
      'cluster.create',
      {
        ...INTENTS['cluster.create'],
        labels: { environment: 'prod' },
      },
    ],
  ])(
    'who may change staging may not change %s',
    async (_, kind, parameters) => {
      expect(await mayAsk('team on staging', kind, parameters)).toBe(false);
      expect(await mayAsk('admin', kind, parameters)).toBe(true);
    },
  );

  it('asks again when the change is made: a plan that was allowed is no permission', async () => {
    const before = await harness.host.log();
    const asker = { credentials: mockCredentials.user() };
    const intent = {
      kind: 'cluster.label' as const,
      parameters: INTENTS['cluster.label'] as any,
    };
    await (await changesOf('admin')).plan(asker, intent);
    await expect(
      (await changesOf('reader')).create(asker, { intent, mode: 'commit' }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(await harness.host.log()).toEqual(before);
  });
});

describe('what nobody is shown', () => {
  let harness: ChangesHarness;
  afterEach(() => harness.stop());
  it('shows the token of the Git host nowhere: logs, errors, journal, pull requests', async () => {
    const canary = 'canary-7f3a9c';
    harness = await ChangesHarness.start();
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const seen: string[] = [];
    for (const fate of ['pass', 'lose-request'] as const) {
      harness.host.gate = () => fate;
      const { engine, journal } = await harness.replica({
        token: canary,
        logger,
      });
      const intent = {
        kind: 'cluster.label',
        parameters: { cluster: 'a', labels: { tier: 'x' } },
      };
      for (const mode of ['commit', 'pull-request'] as const) {
        const error = await engine
          .create({ intent, mode })
          .catch(thrown => thrown);
        expect(error).toBeInstanceOf(Error);
        seen.push(String(error.stack), JSON.stringify(error));
      }
      seen.push(JSON.stringify(await journal.list({ limit: 10 })));
    }
    const logged = ['debug', 'info', 'warn', 'error'] as const;
    seen.push(
      JSON.stringify(logged.flatMap(level => logger[level].mock.calls)),
    );
    expect(seen.join('\n')).not.toContain(canary);
    expect(seen.join('\n')).toContain('is refused');
  });
});
