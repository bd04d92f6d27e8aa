import { spawn, type ChildProcess } from 'child_process';
import { join } from 'path';
import { freePorts } from './ports';

/** The repository. */
export const root = join(__dirname, '../..');

/** A program of ours that runs until it is stopped. */
export class Running {
  readonly #child: ChildProcess;
  #output = '';

  constructor(script: string, args: string[], env: Record<string, string>) {
    this.#child = spawn(
      process.env.FLEET_NODE ?? process.execPath,
      [join(root, script), ...args],
      { cwd: root, env: { ...process.env, ...env } },
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', data => {
        this.#output += data;
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves when a line of the output matches; rejects with the output when the program ends before. */
  says(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (pattern.test(this.#output)) resolve();
      };
      look();
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      this.#child.once('exit', code =>
        reject(
          new Error(
            `It ended with ${code} before it said ${pattern}:\n${this.#output}`,
          ),
        ),
      );
    });
  }

  /** Its exit code, when it has ended. */
  async ended(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return exitCode;
    return new Promise(resolve => this.#child.once('exit', resolve));
  }

  /** Ends it as Ctrl-C does, and waits until it is gone. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.ended();
  }
}

/** A portal on its own embedded hub, as `npm start` runs it. */
export interface Portal {
  url: string;
  gitUrl: string;
  hubPort: number;
  process: Running;
  stop(): Promise<number | null>;
}

export async function startPortal(
  env: Record<string, string> = {},
): Promise<Portal> {
  const port = Number(env.PORT ?? (await freePorts()));
  const hubPort = Number(env.HUB_PORT ?? (await freePorts()));
  const running = new Running('scripts/start.mjs', [], {
    PORT: String(port),
    HUB_PORT: String(hubPort),
    ...env,
  });
  await running.says(/^Portal ready at /m);
  return {
    url: `http://localhost:${port}`,
    gitUrl: `http://localhost:${hubPort + 1}`,
    hubPort,
    process: running,
    stop: () => running.stop(),
  };
}

/** Breaks or mends one of the hubs, as the README says. */
export async function controlHub(
  hubPort: number,
  ...command: string[]
): Promise<void> {
  const control = `http://localhost:${hubPort + 3}`;
  const running = new Running(
    'scripts/run.mjs',
    ['hub', ...command, '--control', control],
    {},
  );
  const code = await running.ended();
  if (code !== 0) throw new Error(running.output);
}

/** The embedded hub alone. */
export async function startHub(hubPort: number): Promise<Running> {
  const running = new Running(
    'scripts/run.mjs',
    [
      'hub',
      '--kubernetes-port',
      String(hubPort),
      '--git-port',
      String(hubPort + 1),
      '--argocd-port',
      String(hubPort + 2),
      '--control-port',
      String(hubPort + 3),
    ],
    {},
  );
  await running.says(/^Git host at /m);
  return running;
}
