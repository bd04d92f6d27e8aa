import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import http from 'http';
import https from 'https';
import { AddressInfo, connect } from 'net';
import os from 'os';
import path from 'path';
import { TLSSocket } from 'tls';
import { ConfigReader } from '@backstage/config';
import { VirtualClock } from './__testUtils__/virtualClock';
import { readHubConnection } from './hubConnection';
import { readBody } from './jsonBody';
import { createHubTransport } from './transport';

describe('createHubTransport', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'transport-'));
  const file = (name: string) => path.join(directory, name);
  const servers: http.Server[] = [];
  const clock = new VirtualClock();

  afterAll(() => {
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
    rmSync(directory, { recursive: true });
  });

  async function listen(server: http.Server): Promise<string> {
    servers.push(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function ask(config: Record<string, unknown>) {
    const transport = createHubTransport(
      readHubConnection('hub', new ConfigReader(config as any), clock),
    );
    const get = async () => {
      const { status, body } = await transport.get(
        '/version',
        new AbortController().signal,
      );
      return [status, await readBody(body)];
    };
    return { get, close: () => transport.close() };
  }

  it('reads a renewed token at once when the hub refuses the old one', async () => {
    let valid = 'first';
    const address = await listen(
      http.createServer((request, response) => {
        const right = request.headers.authorization === `Bearer ${valid}`;
        response.writeHead(right ? 200 : 401).end(request.url);
      }),
    );
    writeFileSync(file('token'), 'first\n');
    const { get, close } = await ask({
      url: `http://${address}/prefix/`,
      tokenFile: file('token'),
    });
    expect(await get()).toEqual([200, '/prefix/version']);

    valid = 'second';
    writeFileSync(file('token'), 'second\n');
    expect((await get())[0]).toBe(401);
    expect((await get())[0]).toBe(200);

    valid = 'third';
    writeFileSync(file('token'), 'third\n');
    await clock.advance(61_000);
    expect((await get())[0]).toBe(200);
    await close();
  });

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  const whereOpenssl = hasOpenssl ? describe : describe.skip;

  whereOpenssl('with certificates made by openssl', () => {
    it('trusts the given issuer, shows its own certificate, and goes through a proxy', async () => {
      for (const name of ['hub', 'client']) {
        execFileSync(
          'openssl',
          [
            ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
            ...['-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)],
            ...['-subj', `/CN=${name}`],
            ...['-addext', 'subjectAltName=IP:127.0.0.1'],
          ],
          { stdio: 'ignore' },
        );
      }
      const address = await listen(
        https.createServer(
          {
            key: readFileSync(file('hub.key')),
            cert: readFileSync(file('hub.crt')),
            ca: readFileSync(file('client.crt')),
            requestCert: true,
            rejectUnauthorized: false,
          },
          (request, response) => {
            const { authorized } = request.socket as TLSSocket;
            response.writeHead(authorized ? 200 : 401).end();
          },
        ),
      );
      const tunnels: string[] = [];
      const proxy = http.createServer();
      proxy.on('connect', (request, socket) => {
        tunnels.push(request.url!);
        const [host, port] = request.url!.split(':');
        const onward = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          onward.pipe(socket).pipe(onward);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
      });
      const proxyAddress = await listen(proxy);

      const trusted = {
        url: `https://${address}`,
        caFile: file('hub.crt'),
      };
      const strange = await ask({ url: `https://${address}` });
      await expect(strange.get()).rejects.toMatchObject({
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      });
      const nameless = await ask(trusted);
      expect((await nameless.get())[0]).toBe(401);
      const known = await ask({
        ...trusted,
        certData: readFileSync(file('client.crt')).toString('base64'),
        keyFile: file('client.key'),
        proxyUrl: `http://${proxyAddress}`,
      });
      expect((await known.get())[0]).toBe(200);
      expect(tunnels).toEqual([address]);
      await Promise.all([strange, nameless, known].map(({ close }) => close()));
    });
  });
});

describe('configuration of a connection', () => {
  const read = (config: Record<string, unknown>) => () =>
    readHubConnection(
      'eu',
      new ConfigReader({ url: 'https://hub', ...config } as any),
      new VirtualClock(),
    );

  it.each([
    [{ url: 'hub.example.com' }, /`url` of hub eu must start with http/],
    [{ proxyUrl: 'proxy:3128' }, /`proxyUrl` of hub eu must start with http/],
    [{ caData: 'bm8gY2VydGlmaWNhdGU=' }, /`caData` of hub eu is no PEM/],
    [{ caFile: '/does/not/exist' }, /`caFile` of hub eu.*ENOENT/],
    [{ tokenFile: '/does/not/exist' }, /`tokenFile` of hub eu.*ENOENT/],
    [
      { certData: '-----BEGIN CERTIFICATE-----' },
      /certificate without its key.*`keyData` or `keyFile`/,
    ],
  ])('%j is refused', (config, message) => {
    expect(read(config)).toThrow(message);
  });
});
