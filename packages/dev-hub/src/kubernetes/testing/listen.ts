import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createPlainAndTlsServer,
  createSelfSignedCertificate,
} from '../plainAndTlsServer';

const certificate = createSelfSignedCertificate();

export interface Listening {
  port: number;
  /** Plain HTTP. */
  url: string;
  /** The certificate of HTTPS, in PEM. */
  certificate: string;
  close(): Promise<void>;
}

/** Serves a handler on a free port of the loopback interface. */
export async function listen(handler: RequestListener): Promise<Listening> {
  const server = createPlainAndTlsServer(handler, certificate);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    certificate: certificate.cert,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
      }),
  };
}
