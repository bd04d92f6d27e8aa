import { createServer as createPlainServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';

/** A private key and its certificate, in PEM. */
export interface ServerCertificate {
  key: string;
  cert: string;
}

/** First byte of a TLS connection: the content type of a handshake record (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 22;

/** A certificate for the loopback addresses, good for a year. */
export function createSelfSignedCertificate(): ServerCertificate {
  const names = [
    { type: 2, value: 'localhost' },
    { type: 7, ip: '127.0.0.1' },
    { type: 7, ip: '::1' },
  ];
  const { private: key, cert } = generate(
    [{ name: 'commonName', value: 'localhost' }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      days: 365,
      extensions: [{ name: 'subjectAltName', altNames: names }],
    },
  );
  return { key, cert };
}

/**
 * A server that speaks HTTP and HTTPS on one port, whichever the client begins with.
 *
 * @remarks
 * kubectl sends a token over HTTPS only; other clients of a hub on the same machine do well without TLS.
 * `close` also ends the connections that are open.
 */
export function createPlainAndTlsServer(
  handler: RequestListener,
  certificate: ServerCertificate = createSelfSignedCertificate(),
): Server {
  const plain = createPlainServer(handler);
  const secure = createTlsServer(certificate, handler);
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away before it said anything is nobody's error.
    socket.on('error', () => socket.destroy());
    socket.once('data', (start: Buffer) => {
      socket.pause();
      socket.unshift(start);
      (start[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  const close = server.close.bind(server);
  server.close = callback => {
    close(callback);
    for (const socket of sockets) socket.destroy();
    return server;
  };
  return server;
}
