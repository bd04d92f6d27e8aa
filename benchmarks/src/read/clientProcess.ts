/** A process of its own that asks, so that what a client costs is not measured with the portal. */
import { HttpClient } from './HttpClient';

/** What the benchmark tells this process: where to ask for what, one after the other. */
export interface Questions {
  port: number;
  paths: string[];
}

/** Milliseconds that each answer took at the client. */
export interface Answered {
  latencies: number[];
}

async function ask({ port, paths }: Questions): Promise<Answered> {
  const client = new HttpClient(port);
  const latencies: number[] = [];
  for (const path of paths) {
    const start = performance.now();
    const { status } = await client.get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    latencies.push(performance.now() - start);
  }
  client.stop();
  return { latencies };
}

process.on('message', (questions: Questions) => {
  ask(questions).then(answer => process.send!({ answer }));
});
process.on('disconnect', () => process.exit(0));
