import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalConfig } from './portalConfig';

// eslint-disable-next-line no-restricted-syntax -- benchmarks run from their sources
const ROOT = join(__dirname, '../../..');
const POLL_MILLISECONDS = 200;

/** A whole portal, its pages built for production, in a process of its own. */
export class PortalProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** Starts a portal on hubs; resolves when its pages are served. */
  static async start(hubUrls: string[]): Promise<PortalProcess> {
    if (!existsSync(join(ROOT, 'packages/app/dist/index.html'))) {
      throw new Error(
        "The portal's pages are not built: run `npm run -s bench -- paint`, which builds them first.",
      );
    }
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'fleet-paint-'));
    const config = join(folder, 'app-config.yaml');
    // JSON is YAML.
    await writeFile(config, JSON.stringify(portalConfig(port, hubUrls)));
    const child = fork(
      join(ROOT, 'packages/backend/src/index.ts'),
      ['--config', config],
      {
        cwd: join(ROOT, 'packages/backend'),
        // The same advice for Node as when the portal is started: https://github.com/backstage/backstage/issues/20661
        execArgv: [...process.execArgv, '--no-node-snapshot'],
        // Guests are let in by a development backend only; the pages are built for production all the same.
        env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'error' },
        // Standard output is for measures.
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
    const portal = new PortalProcess(child, folder, `http://localhost:${port}`);
    await portal.#until('/.backstage/health/v1/readiness', () => true);
    return portal;
  }

  /** Resolves when every hub is read and followed. */
  async live(): Promise<void> {
    const headers = { authorization: `Bearer ${await this.#guestToken()}` };
    await this.#until(
      '/api/fleet/hubs',
      ({ items }) => items.every((hub: any) => hub.freshness.status === 'live'),
      { headers },
    );
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #guestToken(): Promise<string> {
    const answer = await fetch(`${this.url}/api/auth/guest/refresh`);
    const { backstageIdentity } = await answer.json();
    return backstageIdentity.token;
  }

  async #until(
    path: string,
    accepted: (body: any) => boolean,
    init?: RequestInit,
  ): Promise<void> {
    for (;;) {
      if (this.child.exitCode !== null) {
        throw new Error(`The portal ended with ${this.child.exitCode}.`);
      }
      const answer = await fetch(this.url + path, init).catch(() => undefined);
      if (answer?.ok && accepted(await answer.json())) return;
      await new Promise(resolve => setTimeout(resolve, POLL_MILLISECONDS));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
