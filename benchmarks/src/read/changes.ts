import { EventEmitter, once } from 'node:events';
import { report } from '../report';
import { percentile } from '../timing';
import type { Hubs } from './Hubs';
import type { Portal } from './Portal';

const CHANGES_PER_SECOND = 100;
const PROBES = 100;
const SECONDS = 5;
const VIEWERS = 200;
/** Application that the probes change. */
const PROBE = 0;

const pause = (milliseconds: number) =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

/** Milliseconds from a change on the hub to the answer that shows it, which the revision signal sets off. */
async function latency(portal: Portal, hubs: Hubs): Promise<number> {
  const signals = new EventEmitter();
  const stop = portal.onRevision(() => signals.emit('revision'));
  try {
    let signalled = once(signals, 'revision');
    const { at, tag, name } = await hubs.tell({ act: 'probe', index: PROBE });
    for (;;) {
      await signalled;
      signalled = once(signals, 'revision');
      const { items } = await portal.json(
        '/services/service-00000/deployments',
      );
      const shown = items.find((item: any) =>
        JSON.stringify(item).includes(`"${name}"`),
      );
      if (JSON.stringify(shown ?? '').includes(tag!)) return Date.now() - at!;
    }
  } finally {
    stop();
  }
}

/** From a change on a hub to a client, while many others happen. */
export async function measureChanges(
  portal: Portal,
  hubs: Hubs,
): Promise<void> {
  await hubs.tell({ act: 'rate', perSecond: CHANGES_PER_SECOND });
  const all: number[] = [];
  for (let probe = 0; probe < PROBES; probe += 1) {
    all.push(await latency(portal, hubs));
    await pause(20);
  }
  report({
    measure: 'read.change.p50.ms',
    value: percentile(all, 0.5),
    unit: 'ms',
  });
  report({
    measure: 'read.change.p99.ms',
    value: percentile(all, 0.99),
    unit: 'ms',
    bar: 1000,
  });
}

/** Requests that hubs get in some seconds while so many people look. */
async function requestsWith(
  viewers: number,
  portal: Portal,
  hubs: Hubs,
): Promise<number> {
  const { requests: before } = await hubs.tell({ act: 'requests' });
  const end = performance.now() + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: viewers }, async () => {
      while (performance.now() < end) {
        await portal.get('/hubs');
        await pause(500);
      }
    }),
  );
  const { requests: after } = await hubs.tell({ act: 'requests' });
  return after! - before!;
}

/** Whether viewers cost hubs anything. */
export async function measureViewers(
  portal: Portal,
  hubs: Hubs,
): Promise<void> {
  const one = await requestsWith(1, portal, hubs);
  const many = await requestsWith(VIEWERS, portal, hubs);
  report({ measure: 'read.hubRequests.1viewer', value: one, unit: 'requests' });
  report({
    measure: 'read.hubRequests.200viewers',
    value: many,
    unit: 'requests',
  });
  report({
    measure: 'read.hubRequests.viewersRatio',
    // A hub that is followed gets no request at all for a while; one more on both sides keeps the ratio defined.
    value: (many + 1) / (one + 1),
    unit: 'ratio',
    bar: 1,
  });
}
