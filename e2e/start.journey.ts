import { createServer } from 'net';
import { freePorts } from './support/ports';
import { Running } from './support/portal';

describe('npm start', () => {
  it('says plainly that a port is taken, and starts nothing', async () => {
    const port = await freePorts();
    const server = createServer();
    await new Promise<void>(resolve => server.listen(port, resolve));
    try {
      const running = new Running('scripts/start.mjs', [], {
        PORT: String(port),
        HUB_PORT: String(await freePorts()),
      });
      await running.says(
        new RegExp(`Port ${port}, wanted for the portal, is taken`),
      );
      expect(await running.ended()).toBe(1);
    } finally {
      server.close();
    }
  });
});
