import { cellSays } from './support/browser';
import { visitorOfPortal } from './support/visitor';

const NEW = 'spoke-eu-west-1-dev';

describe('changes of the fleet', () => {
  const visitor = visitorOfPortal();
  const { choose, follow, open, openTemplate, press, says } = visitor;

  /** Opens the page of the newest change with this title. */
  const openChange = async (title: string) => {
    await open('/fleet/changes');
    await follow(title);
    await visitor.page.waitForURL(/\/fleet\/changes\/[0-9a-f-]{36}$/);
  };

  it('makes a cluster from the form: pull request, merge, its phases, and its services appear', async () => {
    const { page } = visitor;
    await openTemplate('create-cluster');
    await page.getByRole('textbox', { name: /Name/ }).fill(NEW);
    await choose('EKS by Cluster API');
    await page.getByLabel(/Region/).click();
    await page.getByRole('option', { name: 'eu-west-1' }).click();
    await press('Next');
    await choose('enable_search=true');
    // The plan says which services it will receive, before anything is written.
    await says(`search-${NEW}`);
    await press('Next');
    await choose('Open a pull request for review');
    await press('Review');
    await press('Create');
    const address = await visitor.pullRequest();

    await openChange(`Create cluster ${NEW}`);
    await says(/Pull request #\d+ is open/);
    // From here on the page of the change follows by itself.
    await visitor.merge(address);
    await says(/was merged into main/);
    await says(new RegExp(`${NEW} is being made`));
    await says(new RegExp(`${NEW} is registered in Argo CD`));
    await says(/Applications? (is|are) in place and healthy/);

    await open('/fleet');
    await cellSays(page, 'search', NEW, '4.0.3, Healthy');
    await open('/fleet/clusters');
    await page.getByRole('link', { name: NEW }).waitFor();
  });

  it('promotes a version region by region, each wave when the one before is healthy', async () => {
    const { page } = visitor;
    await open('/fleet/services/payments');
    await says('1.5.0 waits in staging');
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
    await says(
      /Wave 1: ap-south-1 is in place and healthy. Next: Wave 2: eu-west-1/,
    );
    await says(/^1 Application is in place and healthy/);
    await open('/fleet');
    await cellSays(page, 'payments', 'spoke-ap-south-1-prod', '1.5.0, Healthy');
    await cellSays(page, 'payments', 'spoke-eu-west-1-prod', '1.5.0, Healthy');
  });

  it('takes a cluster out of service in order: drained, unregistered, its claim deleted', async () => {
    const { page } = visitor;
    await open(`/fleet/clusters/hub/${NEW}`);
    await press(/^Decommission/);
    const dialog = page.getByRole('dialog');
    // Nobody takes the wrong one by a slip.
    await dialog
      .getByRole('textbox', { name: /Name of the cluster/ })
      .fill(NEW);
    await dialog.getByText(`search-${NEW}`).first().waitFor();
    await dialog.locator('label', { hasText: 'Commit to main' }).click();
    await dialog.getByRole('button', { name: /^Commit/ }).click();

    await openChange(`Decommission ${NEW}`);
    await says(/Drain.* has removed its Applications/);
    await says(/Next: Delete the claim/);
    await open('/fleet/clusters');
    await page.getByRole('link', { name: 'spoke-eu-west-1-prod' }).waitFor();
    await page.getByRole('link', { name: NEW }).waitFor({ state: 'detached' });
  });
});
