import { ConfigReader } from '@backstage/config';
import { heapInUse } from './__testUtils__/heap';
import { runSource, type SourceRun } from './__testUtils__/runSource';
import { VirtualClock } from './__testUtils__/virtualClock';
import {
  type HubFault,
  passSecond,
  VirtualHub,
} from './__testUtils__/virtualHub';
import { createKubernetesHubSourceFactory } from './kubernetesHubSource';

/** Those that come and go at once, so that a thousand of them take some seconds. */
const FAULTS: HubFault[] = [
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: 'expired' },
  { kind: 'down' },
  { kind: 'half-page' },
  { kind: 'status', code: 503 },
  { kind: 'status', code: 401 },
];
const ROUNDS = 1_000;
/** After as many rounds everything that is made once has been made. */
const SETTLED = 300;

jest.setTimeout(180_000);

describe('1,000 faults over HTTP', () => {
  const clock = new VirtualClock();
  const hub = new VirtualHub();
  let run: SourceRun;

  afterAll(async () => {
    await run.stop();
    await hub.close();
  });

  it("leave the hub's truth, a handful of connections and a heap as small as before", async () => {
    hub.fill();
    const url = await hub.listen(clock);
    const source = createKubernetesHubSourceFactory({
      clock,
      random: () => 0.5,
    }).create({
      hubId: 'hub',
      config: new ConfigReader({ url, token: 'token', provisioning: false }),
    });
    run = await runSource(clock, source);
    // How soon is not asked here: the network may be slower than a clock that is turned.
    async function until(holds: () => boolean) {
      for (let waited = 0; !holds(); waited++) {
        if (waited > 600) throw new Error(`${holds} does not come`);
        await passSecond(clock);
      }
    }
    const isLive = () =>
      run.copy.statuses.length === 4 &&
      run.copy.statuses.every(status => status === 'live');
    const told = () =>
      [...run.copy.of('Application').values()]
        .map(
          ({ metadata, status }) => `${metadata.name} ${status.health.status}`,
        )
        .sort()
        .join();
    await until(isLive);

    let settled = 0;
    for (let round = 0; round < ROUNDS; round++) {
      if (round === SETTLED) settled = heapInUse();
      hub.faults.set([FAULTS[round % FAULTS.length]]);
      await passSecond(clock);
      await passSecond(clock);
      if (round % 10 === 0)
        hub.report('a', round % 20 ? 'Healthy' : 'Degraded');
      hub.faults.set([]);
      await until(() => isLive() && told() === hub.truth.join());
    }
    // Less than 2 kB for each fault, of both sides of the connection.
    expect(heapInUse() - settled).toBeLessThan((ROUNDS - SETTLED) * 2 * 1024);
    expect(await hub.connections()).toBeLessThanOrEqual(8);
    // Each watch has its end on both sides.
    expect(clock.waiting).toBeLessThanOrEqual(16);
  });
});
