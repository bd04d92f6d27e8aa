import { createServer } from 'net';
import AxeBuilder from '@axe-core/playwright';
import { takenPorts, freePorts } from './support/ports';
import { Running } from './support/portal';
import { visitorOfPortal } from './support/visitor';

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

/** Every page of the fleet, with something that is there once it has what it shows. */
const PAGES: Array<[string, RegExp]> = [
  ['/fleet', /payments/],
  ['/fleet/services/payments', /1\.5\.0 waits in staging/],
  ['/fleet/clusters', /spoke-eu-west-1-prod/],
  ['/fleet/clusters/hub/spoke-eu-west-1-prod', /payments/],
  ['/fleet/changes', /Changes/],
  ['/fleet/hubs', /Warehouse Rotterdam/],
  ['/catalog/default/component/ledger', /on 6 of 7 clusters/],
  ['/catalog/default/component/ledger/fleet', /Out of sync/],
];

describe('a portal', () => {
  const visitor = visitorOfPortal();

  it.each(PAGES)(
    'has no error and nothing inaccessible on %s, in light and dark',
    async (path, shown) => {
      const { page } = visitor;
      const errors: string[] = [];
      const note = (error: Error) => errors.push(error.message);
      page.on('pageerror', note);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await visitor.open(path);
        await visitor.says(shown);
        const { violations } = await new AxeBuilder({ page })
          .include('main')
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
          .analyze();
        expect(
          violations.map(
            ({ id, nodes }) =>
              `${colorScheme} ${id}: ${nodes
                .map(({ html }) => html)
                .join(' ')}`,
          ),
        ).toEqual([]);
      }
      page.off('pageerror', note);
      expect(errors).toEqual([]);
    },
  );

  it('ends with everything that it started', async () => {
    const { portal } = visitor;
    const port = Number(new URL(portal.url).port);
    expect((await takenPorts(portal.hubPort)).length).toBeGreaterThan(0);
    expect(await portal.stop()).toBe(0);
    expect(await takenPorts(port)).toEqual([]);
    expect(await takenPorts(portal.hubPort)).toEqual([]);
  });
});
