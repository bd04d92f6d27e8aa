import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Ends a connection with a TCP reset. Under TLS the connection is closed without a word, as Node resets TCP only. */
export function resetConnection(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
