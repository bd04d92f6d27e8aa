import type { Browser, Page } from 'playwright-core';
import { cellSays, launchBrowser } from './support/browser';
import {
  controlHub,
  startHub,
  startPortal,
  type Portal,
  type Running,
} from './support/portal';
import { freePorts } from './support/ports';

describe('on call, when the hub goes away', () => {
  let hub: Running;
  let portal: Portal;
  let browser: Browser;
  let page: Page;
  let hubPort: number;

  beforeAll(async () => {
    hubPort = await freePorts();
    hub = await startHub(hubPort);
    [portal, browser] = await Promise.all([
      startPortal({ FLEET_HUB: 'external', HUB_PORT: String(hubPort) }),
      launchBrowser(),
    ]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
    await hub?.stop();
  });

  it('shows it as unreachable with the age of what is shown, never as healthy, and recovers by itself', async () => {
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, 'accounts', 'spoke-eu-west-1-prod', '6.1.0, Healthy');

    await hub.stop();
    await cellSays(
      page,
      'accounts',
      'spoke-eu-west-1-prod',
      'Unreachable, last known Healthy',
    );
    // No cell claims to be healthy now, and the page says which hub is silent and what to do.
    const claims = await page
      .locator('[role=gridcell][aria-label]')
      .evaluateAll(cells =>
        cells
          .map(cell => cell.getAttribute('aria-label')!)
          .filter(label => /, Healthy$/.test(label)),
      );
    expect(claims).toEqual([]);
    await page.getByText('Hub does not answer').first().waitFor();

    hub = await startHub(hubPort);
    await cellSays(page, 'accounts', 'spoke-eu-west-1-prod', '6.1.0, Healthy');
  });

  it('keeps one hub that is broken apart from the others, until it is mended', async () => {
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, 'scanners', 'in-cluster', '2.4.1, Healthy');

    await controlHub(hubPort, 'break', 'warehouse');
    await cellSays(
      page,
      'scanners',
      'in-cluster',
      'Unreachable, last known Healthy',
    );
    await cellSays(page, 'accounts', 'spoke-eu-west-1-prod', '6.1.0, Healthy');

    await controlHub(hubPort, 'mend', 'warehouse');
    await cellSays(page, 'scanners', 'in-cluster', '2.4.1, Healthy');
  });
});
