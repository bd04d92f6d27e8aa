/** A process of its own that plays hubs with a generated fleet, so that what it costs is not measured with the portal. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createGeneratedHub,
  type FleetSize,
  type GeneratedHub,
  readerRules,
} from '@backstage-fleet/dev-hub';

/** What the benchmark tells this process. */
export type Command =
  | { act: 'start'; hubs: FleetSize[]; token: string }
  /** Answers requests from now on; before, they wait. */
  | { act: 'open' }
  | { act: 'rate'; perSecond: number }
  /** Changes an Application of the first hub twice: its image changes with every second change. */
  | { act: 'probe'; index: number }
  | { act: 'requests' };

/** What it answers. */
export interface Answer {
  ports?: number[];
  /** Milliseconds since the epoch. */
  at?: number;
  tag?: string;
  name?: string;
  requests?: number;
}

const TICK_MILLISECONDS = 20;
/** Steps from one changed Application to the next; a prime, so that all have their turn. */
const STRIDE = 7919;
const hubs: GeneratedHub[] = [];
const servers: Server[] = [];
let open: () => void;
const opened = new Promise<void>(resolve => {
  open = resolve;
});
let ticking: NodeJS.Timeout | undefined;

async function start(sizes: FleetSize[], token: string): Promise<Answer> {
  for (const size of sizes) {
    const hub = createGeneratedHub(size, [
      { token, name: 'reader', rules: readerRules },
    ]);
    const server = createServer((message, response) => {
      opened.then(() => hub.handler(message, response));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    hubs.push(hub);
    servers.push(server);
  }
  return {
    ports: servers.map(server => (server.address() as AddressInfo).port),
  };
}

function changeAt(perSecond: number): Answer {
  clearInterval(ticking);
  let owed = 0;
  let made = 0;
  let last = performance.now();
  ticking = setInterval(() => {
    const now = performance.now();
    owed += ((now - last) * perSecond) / 1000;
    last = now;
    for (; owed >= 1; owed -= 1) {
      made += 1;
      const { fleet } = hubs[made % hubs.length];
      // The first Application is left to the probes.
      const others = fleet.size.applications - 1;
      fleet.changeOne(1 + ((made * STRIDE) % others));
    }
  }, TICK_MILLISECONDS);
  return {};
}

function probe(index: number): Answer {
  const [{ fleet }] = hubs;
  fleet.changeOne(index);
  fleet.changeOne(index);
  const text = fleet.text(index, fleet.stateAt(index, fleet.resourceVersion));
  const [, tag] = /"images":\["[^"]*:([^":]*)"\]/.exec(text)!;
  return { at: Date.now(), tag, name: fleet.name(index) };
}

function countRequests(): Answer {
  let requests = 0;
  for (const hub of hubs) {
    for (const count of hub.requests.values()) requests += count;
  }
  return { requests };
}

async function obey(command: Command): Promise<Answer> {
  switch (command.act) {
    case 'start':
      return start(command.hubs, command.token);
    case 'open':
      open();
      return { at: Date.now() };
    case 'rate':
      return changeAt(command.perSecond);
    case 'probe':
      return probe(command.index);
    default:
      return countRequests();
  }
}

process.on('message', (command: Command) => {
  obey(command).then(answer => process.send!({ answer }));
});
process.on('disconnect', () => process.exit(0));
