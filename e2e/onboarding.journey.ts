import type { Browser, Page } from 'playwright-core';
import { cell, cellSays, launchBrowser, recordCell } from './support/browser';
import { startPortal, type Portal } from './support/portal';

/** What a new Application goes through, in this order. */
const LIFE = ['Not deployed', 'Missing', 'Progressing', 'Healthy'];

function statesOf(seen: string[]): string[] {
  const states = seen.map(
    text => LIFE.find(state => text.includes(state)) ?? text,
  );
  // Between its creation and its first comparison nothing is known of it.
  const known = states.filter(state => !state.includes('Unknown'));
  return known.filter((state, index) => state !== known[index - 1]);
}

describe('a service owner', () => {
  let portal: Portal;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('sees which version runs where, and what is wrong', async () => {
    await page.goto(portal.url);
    await page.waitForURL(/\/fleet$/);
    await cellSays(page, 'payments', 'spoke-eu-west-1-prod', '1.4.2.*Healthy');
    await cellSays(page, 'cart', 'spoke-ap-south-1-prod', '1.19.3.*Healthy');
    await cellSays(
      page,
      'recommendations',
      'spoke-ap-south-1-prod',
      '0.8.4.*Degraded',
    );
    await cellSays(
      page,
      'ledger',
      'spoke-us-east-1-prod',
      '3.1.2.*Out of sync',
    );
    await cellSays(page, 'payments', 'spoke-us-east-1-prod', 'Not deployed');
    await cellSays(page, 'loyalty', 'spoke-us-east-1-prod', 'Not deployed');
    // Every hub says how fresh it is.
    await page
      .getByText(/\d+ (s|min) ago|now/)
      .first()
      .waitFor();
  });

  it('opens a service from the fleet, and from the catalog', async () => {
    await page.goto(`${portal.url}/fleet/services/ledger`);
    const row = page.getByRole('row', { name: /spoke-us-east-1-prod/ });
    await row.getByText('3.2.0').waitFor();
    await row.getByText('Out of sync').waitFor();
    expect(
      await row.getByRole('link', { name: /Argo CD/ }).getAttribute('href'),
    ).toContain('/applications/argocd/ledger-spoke-us-east-1-prod');
    expect(
      await row
        .getByRole('link', { name: /^Commit [0-9a-f]{7}/ })
        .first()
        .getAttribute('href'),
    ).toMatch(/\/acme\/fleet-gitops\/commit\/[0-9a-f]{40}$/);

    await page.goto(`${portal.url}/catalog/default/component/ledger`);
    await page.getByText(/on 6 of 7 clusters/).waitFor();
    await page.goto(`${portal.url}/catalog/default/component/ledger/fleet`);
    await page
      .getByRole('row', { name: /spoke-us-east-1-prod/ })
      .getByText('Out of sync')
      .waitFor();
  });

  it('learns why a service is not on a cluster and enables it there by a commit', async () => {
    await page.goto(`${portal.url}/fleet`);
    await cellSays(page, 'payments', 'spoke-us-east-1-prod', 'Not deployed');
    const seen = await recordCell(page, 'payments', 'spoke-us-east-1-prod');
    await cell(page, 'payments', 'spoke-us-east-1-prod').click();
    const popover = page.getByRole('dialog').first();
    await popover.getByText('has no such label').waitFor();
    expect(await popover.innerText()).toContain('services-payments');
    await popover.getByRole('button', { name: /Enable here/ }).click();

    const dialog = page.getByRole('dialog', {
      name: 'Enable payments on spoke-us-east-1-prod',
    });
    await dialog.getByText('payments-spoke-us-east-1-prod').first().waitFor();
    await dialog.getByText('Commit to main').click();
    await dialog.getByRole('button', { name: /^Commit/ }).click();

    await cellSays(page, 'payments', 'spoke-us-east-1-prod', '1.4.2.*Healthy');
    expect(statesOf(await seen())).toEqual(LIFE);
  });

  it('is told in the form what is wrong with a name', async () => {
    await page.goto(`${portal.url}/create/templates/default/deploy-service`);
    await page.getByRole('combobox', { name: /Service/ }).fill('Loyalty_X');
    // By its text: while suggestions are open, the rest of the page is hidden from roles.
    await page.locator('button', { hasText: 'Next' }).click();
    await page
      .getByText(/use lower case letters, digits/)
      .first()
      .waitFor();
    expect(await page.getByText('Where it shall run').count()).toBe(0);
  });

  it('deploys a service by the template: plan, pull request, merge, and the fleet follows', async () => {
    const fleet = await browser.newPage();
    await fleet.goto(`${portal.url}/fleet`);
    await cellSays(fleet, 'loyalty', 'spoke-eu-west-1-staging', 'Not deployed');
    const seen = await recordCell(fleet, 'loyalty', 'spoke-eu-west-1-staging');

    await deployByTemplate(page, portal, 'loyalty', 'spoke-eu-west-1-staging');
    await page
      .getByText('loyalty-spoke-eu-west-1-staging on spoke-eu-west-1-staging')
      .first()
      .waitFor();
    const link = page.getByRole('link', { name: /pull request/i }).first();
    const address = await link.getAttribute('href');
    expect(address).toMatch(/\/acme\/fleet-gitops\/pull\/\d+$/);

    await page.goto(address!);
    await page.getByText('loyalty-spoke-eu-west-1-staging').first().waitFor();
    await page.getByRole('button', { name: /^Merge/ }).click();
    await page.getByText('Merged').first().waitFor();

    await cellSays(
      fleet,
      'loyalty',
      'spoke-eu-west-1-staging',
      '0.1.0.*Healthy',
    );
    expect(statesOf(await seen())).toEqual(LIFE);
    await fleet.close();
  });

  it('is not offered a cluster that has the service already', async () => {
    await page.goto(`${portal.url}/create/templates/default/deploy-service`);
    await chooseService(page, 'loyalty');
    const taken = page.getByRole('checkbox', {
      name: /spoke-eu-west-1-staging.*has it already/,
    });
    await taken.waitFor();
    expect(await taken.isDisabled()).toBe(true);
  });
});

/** Fills the form of *Deploy a service to the fleet* and runs it with a pull request. */
async function deployByTemplate(
  page: Page,
  portal: Portal,
  service: string,
  cluster: string,
) {
  await page.goto(`${portal.url}/create/templates/default/deploy-service`);
  await chooseService(page, service);
  await page.locator('label', { hasText: cluster }).click();
  await page.getByText('What this would do').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.locator('label', { hasText: 'Open a pull request' }).click();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
}

async function chooseService(page: Page, service: string) {
  await page.getByRole('combobox', { name: /Service/ }).fill(service);
  await page.getByRole('option', { name: service }).click();
  await page.getByRole('button', { name: 'Next' }).click();
}
