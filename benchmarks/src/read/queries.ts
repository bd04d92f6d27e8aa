import { gzipSync } from 'node:zlib';
import { report } from '../report';
import { percentile } from '../timing';
import type { Answered, Questions } from './clientProcess';
import { Forked } from './Forked';
import type { Portal } from './Portal';

const WARM_UP = 50;
const REQUESTS = 1000;
const CLIENTS = 200;
const SECONDS = 5;

function service(number: number): string {
  return `service-${String(number).padStart(5, '0')}`;
}

async function latencies(
  count: number,
  act: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const all: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await act(index);
    all.push(performance.now() - start);
  }
  return all;
}

/** How fast one service is shown, how large the matrix is, and how much 200 clients get at once. */
export async function measureQueries(
  portal: Portal,
  services: number,
): Promise<void> {
  const path = (index: number) =>
    `/services/${service(index % services)}/deployments`;
  const view = (index: number) => portal.get(path(index));
  const { items } = await portal.json(`/services/${service(0)}/deployments`);
  if (!items?.length) throw new Error('The service view is empty.');
  const client = new Forked<Questions, Answered>('clientProcess.ts');
  const ask = (count: number) =>
    client.tell({
      port: portal.port,
      paths: Array.from({ length: count }, (_, index) => path(index)),
    });
  await ask(WARM_UP);
  const served: number[] = [];
  const stop = portal.onAnswer((_, took) => served.push(took));
  const { latencies: views } = await ask(REQUESTS);
  stop();
  await client.stop();
  const tell = (name: string, value: number, bar?: number) =>
    report({ measure: `read.serviceView.${name}.ms`, value, unit: 'ms', bar });
  tell('p50', percentile(served, 0.5));
  tell('p99', percentile(served, 0.99), 5);
  tell('client.p50', percentile(views, 0.5));
  tell('client.p99', percentile(views, 0.99));

  const matrix = await portal.get('/matrix');
  if (matrix.status !== 200) throw new Error(`/matrix: ${matrix.status}`);
  // A proxy in front compresses where the backend does not.
  const bytes =
    matrix.encoding === 'gzip' ? matrix.bytes : gzipSync(matrix.body).length;
  report({
    measure: 'read.matrix.bytes',
    value: bytes,
    unit: 'bytes',
    bar: 300_000,
  });
  report({
    measure: 'read.matrix.p50.ms',
    value: percentile(await latencies(10, () => portal.get('/matrix')), 0.5),
    unit: 'ms',
  });

  const end = performance.now() + SECONDS * 1000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, first) => {
      for (let index = first; performance.now() < end; index += CLIENTS) {
        await view(index);
        answered += 1;
      }
    }),
  );
  report({
    measure: 'read.throughput.perSecond',
    value: answered / SECONDS,
    unit: '1/s',
  });
}
