import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerConnection } from './testing/apiServer';
import { otherServer, prepareServer } from './testing/otherServer';
import { readRecording } from './testing/recording';
import { replayScenario } from './testing/replay';
import { type Scenario, scenarios } from './testing/scenarios';
import {
  embeddedTarget,
  remoteTarget,
  type ReplayTarget,
} from './testing/target';

const other = otherServer();

// A server elsewhere answers in real time, and one watch stays open for more than two minutes.
jest.setTimeout(other ? 200_000 : 60_000);

const recordings = join(__dirname, 'testdata');

async function differencesOf(target: ReplayTarget, scenario: Scenario) {
  const results = await replayScenario(
    target,
    scenario,
    readRecording(recordings, scenario.name),
  );
  return {
    compared: results.some(({ outOfScope }) => !outOfScope),
    failed: results.filter(({ differences }) => differences.length > 0),
  };
}

describe('contract with a recorded API server', () => {
  let target: ReplayTarget;

  beforeEach(async () => {
    target = await embeddedTarget();
  });

  afterEach(() => target.close());

  it('has a scenario for every recording', () => {
    const names = readdirSync(recordings)
      .filter(file => file.endsWith('.json.gz'))
      .map(file => file.replace('.json.gz', ''));
    expect(scenarios.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(scenarios)('answers as recorded: $name', async scenario => {
    expect(await differencesOf(target, scenario)).toEqual({
      compared: true,
      failed: [],
    });
  });
});

/** The same against a real API server. What its namespaces argocd and team-a hold is deleted. */
(other ? describe : describe.skip)(
  `contract with ${
    other?.name ??
    'a real API server: neither KUBEBUILDER_ASSETS nor FLEET_TEST_KUBECONFIG is given'
  }`,
  () => {
    let server: ServerConnection;

    beforeAll(async () => {
      server = await other!.connect();
      await prepareServer(server);
    });

    afterAll(() => server?.stop());

    it.each(scenarios)('answers as recorded: $name', async scenario => {
      const tokens = {
        '<admin-token>': server.token ?? '',
        '<sa-token>':
          server.viewerToken ?? process.env.FLEET_TEST_VIEWER_TOKEN ?? '',
        '<bad-token>': 'no-such-token',
      };
      const target = remoteTarget(server.url, tokens, server.agent);
      expect(await differencesOf(target, scenario)).toEqual({
        compared: true,
        failed: [],
      });
    });
  },
);
