import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { replayScenario } from './testing/replay';
import { scenarios } from './testing/scenarios';
import {
  embeddedTarget,
  remoteTarget,
  type ReplayTarget,
} from './testing/target';

jest.setTimeout(60_000);

/**
 * The recorded exchanges, replayed against the embedded API, or against the server at `KUBERNETES_CONTRACT_URL` with
 * the token in `KUBERNETES_CONTRACT_TOKEN`.
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
    const recordings = readdirSync(join(__dirname, 'testdata'))
      .filter(file => file.endsWith('.json.gz'))
      .map(file => file.replace('.json.gz', ''));
    expect(scenarios.map(({ name }) => name).sort()).toEqual(recordings.sort());
  });

  it.each(scenarios)('answers as recorded: $name', async scenario => {
    const results = await replayScenario(target, scenario);
    const failed = results.filter(({ differences }) => differences.length > 0);
    expect(failed).toEqual([]);
    expect(results.some(({ outOfScope }) => !outOfScope)).toBe(true);
  });
});
