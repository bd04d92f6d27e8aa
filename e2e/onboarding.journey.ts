import { cell, cellSays, recordCell } from './support/browser';
import { editByGit } from './support/git';
import { visitorOfPortal } from './support/visitor';

/** What a new Application goes through, in this order. */
const LIFE = ['Not deployed', 'Missing', 'Progressing', 'Healthy'];

/** The page went with it step by step. One that draws seldom, on a busy machine, may leave out a step, and no more. */
function expectLife(seen: string[]) {
  const states = seen
    .map(text => LIFE.find(state => text.includes(state)) ?? text)
    // Between its creation and its first comparison nothing is known of it.
    .filter(state => !state.includes('Unknown'));
  const steps = states.filter((state, index) => state !== states[index - 1]);
  expect(steps).toEqual(LIFE.filter(state => steps.includes(state)));
  expect(steps.length).toBeGreaterThanOrEqual(LIFE.length - 1);
  expect([steps[0], steps[steps.length - 1]]).toEqual([LIFE[0], LIFE[3]]);
}

describe('a service owner', () => {
  const visitor = visitorOfPortal();
  const { choose, open, openTemplate, press, says } = visitor;

  it('sees which version runs where, and what is wrong', async () => {
    const { page } = visitor;
    await open('/');
    await page.waitForURL(/\/fleet$/);
    await cellSays(page, 'payments', 'spoke-eu-west-1-prod', '1.4.2, Healthy');
    await cellSays(page, 'cart', 'spoke-ap-south-1-prod', '1.19.3, Healthy');
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
    for (const hub of ['Hub', 'Warehouse Rotterdam']) {
      await page
        .getByLabel(new RegExp(`^Hub ${hub}: .*, last heard \\d+ s ago$`))
        .waitFor();
    }
  });

  it('opens a service from the fleet, and from the catalog', async () => {
    const { page } = visitor;
    await open('/fleet');
    await page.getByRole('link', { name: 'ledger' }).first().click();
    await page.waitForURL(/\/fleet\/services\/ledger$/);
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

    await open('/catalog/default/component/ledger');
    await says(/on 6 of 7 clusters/);
    await open('/catalog/default/component/ledger/fleet');
    await page
      .getByRole('row', { name: /spoke-us-east-1-prod/ })
      .getByText('Out of sync')
      .waitFor();
  });

  it('learns why a service is not on a cluster and enables it there by a commit', async () => {
    const { page } = visitor;
    await open('/fleet');
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

    await cellSays(page, 'payments', 'spoke-us-east-1-prod', '1.4.2, Healthy');
    expectLife(await seen());
  });

  it('is told in the form what is wrong with a name', async () => {
    const { page } = visitor;
    await openTemplate('deploy-service');
    await page.getByRole('combobox', { name: /Service/ }).fill('Loyalty_X');
    // By its text: while suggestions are open, the rest of the page is hidden from roles.
    await page.locator('button', { hasText: 'Next' }).click();
    await says(/use lower case letters, digits/);
    expect(await page.getByText('Where it shall run').count()).toBe(0);
  });

  it('deploys a service by the template: plan, pull request, merge, and the fleet follows', async () => {
    const fleet = await visitor.newPage();
    await fleet.goto(`${visitor.portal.url}/fleet`);
    await cellSays(fleet, 'loyalty', 'spoke-eu-west-1-staging', 'Not deployed');
    const seen = await recordCell(fleet, 'loyalty', 'spoke-eu-west-1-staging');

    await openTemplate('deploy-service');
    await chooseService('loyalty');
    await choose('spoke-eu-west-1-staging');
    await says('What this would do');
    await press('Next');
    await choose('Open a pull request');
    await press('Review');
    await press('Create');
    // The task's log has the plan.
    await says('loyalty-spoke-eu-west-1-staging on spoke-eu-west-1-staging');
    const address = await visitor.pullRequest();
    expect(address).toMatch(/\/acme\/fleet-gitops\/pull\/\d+$/);
    await visitor.merge(address, 'loyalty-spoke-eu-west-1-staging');

    await cellSays(
      fleet,
      'loyalty',
      'spoke-eu-west-1-staging',
      '0.1.0, Healthy',
    );
    expectLife(await seen());
    await fleet.close();
  });

  it('is not offered a cluster that has the service already', async () => {
    await openTemplate('deploy-service');
    await chooseService('loyalty');
    const taken = visitor.page.getByRole('checkbox', {
      name: /spoke-eu-west-1-staging.*has it already/,
    });
    await taken.waitFor();
    expect(await taken.isDisabled()).toBe(true);
  });

  it('sees what somebody pushes to the repository, on the page that is open', async () => {
    const { page } = visitor;
    await open('/fleet');
    await cellSays(page, 'search', 'spoke-eu-west-1-prod', '4.0.3, Healthy');
    await editByGit(
      `${visitor.portal.gitUrl}/acme/fleet-gitops`,
      'services/search/values.yaml',
      text => text.replace('4.0.3', '4.0.4'),
    );
    await cellSays(page, 'search', 'spoke-eu-west-1-prod', '4.0.4, Healthy');
  });

  it('has Argo CD sync what waits for somebody to ask', async () => {
    const { page } = visitor;
    const cluster = 'spoke-us-east-1-prod';
    await open('/fleet');
    await cellSays(page, 'ledger', cluster, '3.1.2.*Out of sync');
    await cell(page, 'ledger', cluster).click();
    await page
      .getByRole('dialog')
      .first()
      .getByRole('button', { name: /^Sync/ })
      .click();
    const dialog = page.getByRole('dialog', {
      name: `Sync ledger on ${cluster}`,
    });
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await dialog.getByText('Synced', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await cellSays(page, 'ledger', cluster, '3.2.0, Healthy');
  });

  async function chooseService(service: string) {
    const { page } = visitor;
    await page.getByRole('combobox', { name: /Service/ }).fill(service);
    await page.getByRole('option', { name: service }).click();
    await press('Next');
  }
});
