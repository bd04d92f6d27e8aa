import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request, type AgentOptions } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';

/** How to reach an API server that is not the embedded one. */
export interface ServerConnection {
  url: string;
  /** Bearer token of an administrator; client certificates are in the agent. */
  token?: string;
  /** Bearer token of the service account `viewer` of the recordings, where there is one. */
  viewerToken?: string;
  agent?: Agent;
  stop(): Promise<void>;
}

/** The current context of a kubeconfig: CA, client certificate or token. */
export async function connectionOf(file: string): Promise<ServerConnection> {
  const config = new KubeConfig();
  config.loadFromFile(file);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error(`${file} has no current context.`);
  const options: AgentOptions & { headers?: Record<string, string> } = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, rejectUnauthorized, headers } = options;
  return {
    url: cluster.server,
    token: headers?.Authorization?.replace(/^Bearer /, ''),
    agent: new Agent({ ca, cert, key, rejectUnauthorized }),
    stop: async () => {},
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

const VIEWER = 'system:serviceaccount:argocd:viewer';

/** Resolves when the server says that it is ready; gives up after 90 seconds or when it has ended. */
async function ready(url: string, child: ChildProcess, log: () => string) {
  const agent = new Agent({ rejectUnauthorized: false });
  const isReady = () =>
    new Promise<boolean>(resolve => {
      request(`${url}/readyz`, { agent }, response => {
        response.resume();
        resolve(response.statusCode === 200);
      })
        .on('error', () => resolve(false))
        .end();
    });
  for (let turn = 0; turn < 450; turn += 1) {
    if (child.exitCode !== null) break;
    if (await isReady()) return;
    await later(200);
  }
  throw new Error(`kube-apiserver does not get ready: ${log().slice(-2000)}`);
}

/** Starts `etcd` and `kube-apiserver` out of a folder such as `setup-envtest` fills, with a token for an administrator. */
export async function startApiServer(
  folder: string,
): Promise<ServerConnection> {
  const token = 'admin-token-of-the-test';
  const viewerToken = 'viewer-token-of-the-test';
  const directory = mkdtempSync(join(tmpdir(), 'fleet-apiserver-'));
  const [client, peer, secure] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const tokens = join(directory, 'tokens.csv');
  writeFileSync(
    tokens,
    `${token},admin,admin,"system:masters"\n${viewerToken},${VIEWER},${VIEWER},"system:serviceaccounts,system:serviceaccounts:argocd"\n`,
  );
  const key = join(directory, 'service-accounts.key');
  await promisify(execFile)('openssl', ['genrsa', '-out', key, '2048']);
  const etcdUrl = `http://127.0.0.1:${client}`;
  const etcd = spawn(
    join(folder, 'etcd'),
    [
      `--data-dir=${join(directory, 'etcd')}`,
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      '--unsafe-no-fsync',
    ],
    { stdio: 'ignore' },
  );
  const server = spawn(
    join(folder, 'kube-apiserver'),
    [
      `--etcd-servers=${etcdUrl}`,
      `--cert-dir=${join(directory, 'certificates')}`,
      `--secure-port=${secure}`,
      '--bind-address=127.0.0.1',
      `--token-auth-file=${tokens}`,
      '--authorization-mode=RBAC',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      '--disable-admission-plugins=ServiceAccount',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  server.stderr!.on('data', chunk => {
    log = (log + chunk).slice(-10_000);
  });
  const failed = (child: ChildProcess) =>
    new Promise<never>((_resolve, reject) => child.once('error', reject));
  const stop = async () => {
    await ended(server);
    await ended(etcd);
    rmSync(directory, { recursive: true, force: true });
  };
  const url = `https://127.0.0.1:${secure}`;
  try {
    await Promise.race([
      ready(url, server, () => log),
      failed(etcd),
      failed(server),
    ]);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
  // The server's own certificate, made a moment ago.
  const agent = new Agent({ rejectUnauthorized: false });
  return { url, token, viewerToken, agent, stop };
}
