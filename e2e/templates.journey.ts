import type { Browser, Page } from 'playwright-core';
import { cellSays, launchBrowser } from './support/browser';
import { startPortal, type Portal } from './support/portal';

const NEW = 'gift-cards';
const ITS_CLUSTER = 'spoke-us-east-1-staging';
const OTHER_CLUSTER = 'spoke-ap-south-1-staging';

describe('templates of the portal', () => {
  let portal: Portal;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    page.setDefaultTimeout(60_000);
    await page.goto(portal.url);
    await page.waitForURL(/\/fleet$/);
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const open = (template: string) =>
    page.goto(`${portal.url}/create/templates/default/${template}`);
  const press = (name: string) => page.getByRole('button', { name }).click();
  const choose = (text: string) =>
    page.locator('label', { hasText: text }).click();
  const says = (text: string | RegExp) =>
    page.getByText(text).first().waitFor();
  const follow = (link: RegExp) =>
    page.getByRole('link', { name: link }).first().click();

  /** Fills the form of *Decommission a cluster* as far as its review. */
  async function reviewDecommission(cluster: string) {
    await open('decommission-cluster');
    await choose(cluster);
    await says('One after the other');
    await page.locator('#root_confirmation').check();
    await press('Next');
    await choose('Commit to the branch, step by step');
    await page
      .getByRole('textbox', { name: /Reason/ })
      .fill('The region closes');
    await page.locator('#root_overrideDeletions').check();
    await press('Review');
    await page.getByRole('button', { name: 'Create' }).waitFor();
  }

  it('makes a new service: repository, catalog entry and chart, and it runs when the pull request is merged', async () => {
    await open('new-service');
    await page.getByRole('textbox', { name: /Name/ }).fill(NEW);
    await page
      .getByRole('textbox', { name: /Description/ })
      .fill('Sells: gifts');
    await page.locator('#root_owner').click();
    await page.getByRole('option', { name: 'Payments' }).click();
    await page.getByRole('radio', { name: /acme\/fleet-gitops/ }).waitFor();
    await press('Next');
    await choose(ITS_CLUSTER);
    await says(`${NEW}-${ITS_CLUSTER}`);
    await press('Next');
    await choose('Open a pull request for review');
    await press('Review');
    await press('Create');

    const address = await page
      .getByRole('link', { name: /pull request/i })
      .first()
      .getAttribute('href');
    await page.goto(address!);
    await says(`services/${NEW}/values-staging.yaml`);
    await page.getByRole('button', { name: /^Merge/ }).click();
    await says('Merged');
    await page.goto(`${portal.gitUrl}/acme/${NEW}`);
    await says('catalog-info.yaml');
    await says(`Start ${NEW}`);
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, NEW, ITS_CLUSTER, '0.1.1.*Healthy');
    await page.goto(`${portal.url}/catalog/default/component/${NEW}`);
    await says('Sells: gifts');
  });

  it('promotes a version', async () => {
    await open('promote-service');
    await page.getByRole('combobox', { name: /Service/ }).fill(NEW);
    await page.getByRole('option', { name: NEW }).click();
    await page.getByRole('combobox', { name: /Version/ }).fill('0.1.2');
    await page.keyboard.press('Escape');
    // By its text: while suggestions are open, the rest of the page is hidden from roles.
    await page.locator('button', { hasText: 'Next' }).click();
    await choose(ITS_CLUSTER);
    await says(`${NEW}-${ITS_CLUSTER}`);
    await press('Next');
    await choose('Commit to the branch');
    await press('Review');
    await press('Create');
    await says('What changes');
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, NEW, ITS_CLUSTER, '0.1.2.*Healthy');
  });

  it('takes no cluster away that is the last one of a service', async () => {
    await reviewDecommission(ITS_CLUSTER);
    await says(
      /services-gift-cards.* would generate nothing, so Argo CD would delete all 1 of its Applications/,
    );
    const create = page.getByRole('button', { name: 'Create' });
    expect(await create.isDisabled()).toBe(true);
  });

  it('decommissions a cluster: its Applications go first', async () => {
    await reviewDecommission(OTHER_CLUSTER);
    await press('Create');
    await follow(/how it goes/i);
    await says(/Drain.* has removed its Applications/);
  });
});
