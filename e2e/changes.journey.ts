import type { Browser, Page } from 'playwright-core';
import { cellSays, launchBrowser } from './support/browser';
import { startPortal, type Portal } from './support/portal';

const NEW = 'spoke-eu-west-1-dev';

describe('changes of the fleet', () => {
  let portal: Portal;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(portal.url);
    await page.waitForURL(/\/fleet$/);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  /** Opens the page of the newest change with this title. */
  const openChange = async (title: string) => {
    await page.goto(`${portal.url}/fleet/changes`);
    await page.getByRole('link', { name: title }).first().click();
    await page.waitForURL(/\/fleet\/changes\/[0-9a-f-]{36}$/);
  };

  /** Waits until the open change says something, without a reload. */
  const happens = (text: RegExp) =>
    page.getByText(text).first().waitFor({ timeout: 120_000 });

  it('makes a cluster from the form: pull request, merge, its phases, and its services appear', async () => {
    await page.goto(`${portal.url}/create/templates/default/create-cluster`);
    await page.getByRole('textbox', { name: /Name/ }).fill(NEW);
    await page.locator('label', { hasText: 'EKS by Cluster API' }).click();
    await page.getByLabel(/Region/).click();
    await page.getByRole('option', { name: 'eu-west-1' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('label', { hasText: 'enable_search=true' }).click();
    // The plan says which services it will receive, before anything is written.
    await page.getByText(`search-${NEW}`).first().waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page
      .locator('label', { hasText: 'Open a pull request for review' })
      .click();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    const address = await page
      .getByRole('link', { name: /pull request/i })
      .first()
      .getAttribute('href');

    const title = `Create cluster ${NEW}`;
    await openChange(title);
    await happens(/Pull request #\d+ is open/);
    const host = await browser.newPage();
    await host.goto(address!);
    await host.getByRole('button', { name: /^Merge/ }).click();
    await host.getByText('Merged').first().waitFor();
    await host.close();

    await happens(/was merged into main/);
    await happens(new RegExp(`${NEW} is being made`));
    await happens(new RegExp(`${NEW} is registered in Argo CD`));
    await happens(/Applications? (is|are) in place and healthy/);

    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, 'search', NEW, '4.0.3.*Healthy');
    await page.goto(`${portal.url}/fleet/clusters`);
    await page.getByRole('link', { name: NEW }).waitFor();
  });

  it('promotes a version region by region, each wave when the one before is healthy', async () => {
    await page.goto(`${portal.url}/fleet/services/payments`);
    await page.getByText('1.5.0 waits in staging').waitFor();
    await page
      .getByRole('button', { name: /^Promote/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: 'Promote payments' });
    await dialog.locator('label', { hasText: 'Region by region' }).click();
    await dialog.getByText('Wave 1: ap-south-1').first().waitFor();
    await dialog.locator('label', { hasText: 'Commit to main' }).click();
    await dialog.getByRole('button', { name: /^Commit/ }).click();

    await openChange('Promote payments 1.5.0 to prod');
    await happens(
      /Wave 1: ap-south-1 is in place and healthy. Next: Wave 2: eu-west-1/,
    );
    await happens(/^1 Application is in place and healthy/);
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, 'payments', 'spoke-ap-south-1-prod', '1.5.0.*Healthy');
    await cellSays(page, 'payments', 'spoke-eu-west-1-prod', '1.5.0.*Healthy');
  });

  it('takes a cluster out of service in order: drained, unregistered, its claim deleted', async () => {
    await page.goto(`${portal.url}/fleet/clusters/hub/${NEW}`);
    await page.getByRole('button', { name: /^Decommission/ }).click();
    const dialog = page.getByRole('dialog');
    // Nobody takes the wrong one by a slip.
    await dialog
      .getByRole('textbox', { name: /Name of the cluster/ })
      .fill(NEW);
    await dialog.getByText(`search-${NEW}`).first().waitFor();
    await dialog.locator('label', { hasText: 'Commit to main' }).click();
    await dialog.getByRole('button', { name: /^Commit/ }).click();

    await openChange(`Decommission ${NEW}`);
    await happens(/Drain.* has removed its Applications/);
    await happens(/Next: Delete the claim/);
    await page.goto(`${portal.url}/fleet/clusters`);
    await page.getByRole('link', { name: 'spoke-eu-west-1-prod' }).waitFor();
    await page
      .getByRole('link', { name: NEW })
      .waitFor({ state: 'detached', timeout: 120_000 });
  });
});
