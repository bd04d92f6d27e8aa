import { Agent, get } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { report } from '../report';
import { collectGarbage, percentile } from '../timing';
import { HUB_TOKEN, Hubs } from './Hubs';
import { Portal } from './Portal';
import type { ReadSize } from './size';
import { fleetOf } from './size';
import { measureTurns } from './turns';

const PAGE = 500;
const MEGABYTE = 1024 * 1024;

function page(url: string, agent: Agent): Promise<any> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${HUB_TOKEN}` };
    get(url, { agent, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))),
      );
    }).on('error', reject);
  });
}

/** Milliseconds to download all pages of all hubs at once and to parse each: the least that anybody could do. */
async function bareDownload(urls: string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  await Promise.all(
    urls.map(async url => {
      const list = `${url}/apis/argoproj.io/v1alpha1/applications?limit=${PAGE}`;
      let token = '';
      do {
        const { metadata } = await page(`${list}&continue=${token}`, agent);
        token = metadata.continue;
      } while (token);
    }),
  );
  agent.destroy();
  return performance.now() - start;
}

/** A portal that has begun to read hubs, as soon as these answer. */
export interface Start {
  portal: Portal;
  hubs: Hubs;
  /** Milliseconds from the hubs' first answer to everything read and followed. */
  took: number;
  /** Growth of resident memory in MB. */
  growth: number;
  /** 99th percentile of the event loop's delay meanwhile, in milliseconds. */
  delay: number;
  /** 99th percentile of what the turns of the event loop work meanwhile, in milliseconds of processor time. */
  turn: number;
}

/** Starts a portal on generated hubs; resolves when it has read them. */
export async function startPortal(
  size: ReadSize,
  hubCount: number,
): Promise<Start> {
  const hubs = await Hubs.start(fleetOf(size, hubCount));
  const portal = await Portal.start(hubs.urls);
  await portal.json('/hubs');
  collectGarbage();
  const before = process.memoryUsage().rss;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const turns = measureTurns();
  const { at } = await hubs.tell({ act: 'open' });
  await portal.live();
  const took = Date.now() - at!;
  delay.disable();
  const turn = percentile(turns(), 0.99);
  collectGarbage();
  return {
    portal,
    hubs,
    took,
    growth: (process.memoryUsage().rss - before) / MEGABYTE,
    delay: delay.percentile(99) / 1e6,
    turn,
  };
}

/** Reads a whole fleet: time against a bare download, memory, and how responsive the process stays. */
export async function measureColdStart(
  size: ReadSize,
  hubCount: number,
): Promise<Start> {
  const suffix = hubCount === 1 ? '' : `.${hubCount}hubs`;
  const start = await startPortal(size, hubCount);
  const bare = await bareDownload(start.hubs.urls);
  const tell = (name: string, value: number, unit: string, bar?: number) =>
    report({ measure: `read.${name}${suffix}`, value, unit, bar });
  tell('coldStart.ms', start.took, 'ms');
  tell('coldStart.bare.ms', bare, 'ms');
  tell('coldStart.ratio', start.took / bare, 'ratio', 1.5);
  tell('rssGrowth.mb', start.growth, 'MB', 400);
  tell('eventLoop.p99.ms', start.delay, 'ms', 50);
  tell('eventLoop.turn.p99.ms', start.turn, 'ms');
  return start;
}
