import { cellSays } from './support/browser';
import { controlHub, type Running, startHub } from './support/portal';
import { freePorts } from './support/ports';
import { visitorOfPortal } from './support/visitor';

describe('on call, when the hub goes away', () => {
  let hub: Running;
  let hubPort: number;
  const visitor = visitorOfPortal(async () => {
    hubPort = await freePorts();
    hub = await startHub(hubPort);
    return { FLEET_HUB: 'external', HUB_PORT: String(hubPort) };
  });
  afterAll(() => hub?.stop());

  it('shows it as unreachable with the age of what is shown, never as healthy, and recovers by itself', async () => {
    const { page } = visitor;
    await visitor.open('/fleet');
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
          .filter(label => /, Healthy(,|$)/.test(label)),
      );
    expect(claims).toEqual([]);
    await visitor.says('Hub does not answer');

    hub = await startHub(hubPort);
    await cellSays(page, 'accounts', 'spoke-eu-west-1-prod', '6.1.0, Healthy');
  });

  it('keeps one hub that is broken apart from the others, until it is mended', async () => {
    const { page } = visitor;
    await visitor.open('/fleet');
    await cellSays(page, 'scanners', 'Warehouse Rotterdam', '2.4.1, Healthy');

    await controlHub(hubPort, 'break', 'warehouse');
    await cellSays(
      page,
      'scanners',
      'Warehouse Rotterdam',
      'Unreachable, last known Healthy',
    );
    await cellSays(page, 'accounts', 'spoke-eu-west-1-prod', '6.1.0, Healthy');

    await controlHub(hubPort, 'mend', 'warehouse');
    await cellSays(page, 'scanners', 'Warehouse Rotterdam', '2.4.1, Healthy');
  });
});
