import { cellSays } from './support/browser';
import { visitorOfPortal } from './support/visitor';

const NEW = 'gift-cards';
const ITS_CLUSTER = 'spoke-us-east-1-staging';
const OTHER_CLUSTER = 'spoke-ap-south-1-staging';

describe('templates of the portal', () => {
  const visitor = visitorOfPortal();
  const { choose, follow, open, openTemplate, press, says } = visitor;

  /** Fills the form of *Decommission a cluster* as far as its review. */
  async function reviewDecommission(cluster: string) {
    const { page } = visitor;
    await openTemplate('decommission-cluster');
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
    const { page, portal } = visitor;
    await openTemplate('new-service');
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

    await visitor.merge(
      await visitor.pullRequest(),
      `services/${NEW}/values-staging.yaml`,
    );
    await page.goto(`${portal.gitUrl}/acme/${NEW}`);
    await says('catalog-info.yaml');
    await says(`Start ${NEW}`);
    await open('/fleet');
    await cellSays(page, NEW, ITS_CLUSTER, '0.1.1, Healthy');
    await open(`/catalog/default/component/${NEW}`);
    await says('Sells: gifts');
  });

  it('promotes a version', async () => {
    const { page } = visitor;
    await openTemplate('promote-service');
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
    await open('/fleet');
    await cellSays(page, NEW, ITS_CLUSTER, '0.1.2, Healthy');
  });

  it('takes no cluster away that is the last one of a service', async () => {
    await reviewDecommission(ITS_CLUSTER);
    await says(
      /services-gift-cards.* would generate nothing, so Argo CD would delete all 1 of its Applications/,
    );
    const create = visitor.page.getByRole('button', { name: 'Create' });
    expect(await create.isDisabled()).toBe(true);
  });

  it('decommissions a cluster: its Applications go first', async () => {
    await reviewDecommission(OTHER_CLUSTER);
    await press('Create');
    await follow(/how it goes/i);
    await says(/Drain.* has removed its Applications/);
  });
});
