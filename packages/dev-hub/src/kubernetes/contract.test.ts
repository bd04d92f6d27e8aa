import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRecording } from './testing/recording';
import { replayScenario } from './testing/replay';
import { scenarios } from './testing/scenarios';
import {
  embeddedTarget,
  remoteTarget,
  type ReplayTarget,
} from './testing/target';

// A server elsewhere answers in real time, and one watch stays open for more than two minutes.
jest.setTimeout(process.env.KUBERNETES_CONTRACT_URL ? 200_000 : 60_000);

const recordings = join(__dirname, 'testdata');

/**
 * The recorded exchanges, replayed against the embedded API, or against the server at `KUBERNETES_CONTRACT_URL` with
 * the token in `KUBERNETES_CONTRACT_TOKEN`. What the namespaces argocd and team-a hold there is deleted.
 */
function openTarget(): Promise<ReplayTarget> {
  const url = process.env.KUBERNETES_CONTRACT_URL;
  if (!url) return embeddedTarget();
  return Promise.resolve(
    remoteTarget(url, {
      '<admin-token>': process.env.KUBERNETES_CONTRACT_TOKEN ?? '',
      '<sa-token>': process.env.KUBERNETES_CONTRACT_VIEWER_TOKEN ?? '',
      '<bad-token>': 'no-such-token',
    }),
  );
}

describe('contract with a recorded API server', () => {
  let target: ReplayTarget;

  beforeEach(async () => {
    target = await openTarget();
  });

  afterEach(() => target.close());

  it('has a scenario for every recording', () => {
    const names = readdirSync(recordings)
      .filter(file => file.endsWith('.json.gz'))
      .map(file => file.replace('.json.gz', ''));
    expect(scenarios.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(scenarios)('answers as recorded: $name', async scenario => {
    const results = await replayScenario(
      target,
      scenario,
      readRecording(recordings, scenario.name),
    );
    const failed = results.filter(({ differences }) => differences.length > 0);
    expect(failed).toEqual([]);
    expect(results.some(({ outOfScope }) => !outOfScope)).toBe(true);
  });
});
