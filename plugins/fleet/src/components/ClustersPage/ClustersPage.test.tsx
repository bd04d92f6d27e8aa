import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { hubOf } from '../../testing/fleet';
import { clusters, fill, openClusters } from './__testUtils__/openClusters';

async function rows(region: string) {
  const table = await screen.findByRole('table', {
    name: `Clusters in ${region}`,
  });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => row.textContent);
}

describe('ClustersPage', () => {
  it('says by region where each cluster stands, its version and skew, and what declares it', async () => {
    openClusters();
    expect(await rows('eu')).toEqual([
      'spoke-eu-devdevReadyv1.33.1pet0hub',
      'spoke-eu-prodprodReadyv1.31.42 minors behindGit7region=eutier=goldhub',
    ]);
    expect(await rows('us')).toEqual([
      'spoke-us-prodprodFailedThe quota of us-east-1 is used up.–Git0hub-us',
    ]);
    expect(screen.getByRole('link', { name: 'spoke-eu-prod' })).toHaveAttribute(
      'href',
      '/fleet/clusters/hub/spoke-eu-prod',
    );
    expect(screen.getByRole('link', { name: 'New cluster' })).toHaveAttribute(
      'href',
      '/create/templates/default/create-cluster',
    );
    // What no repository declares cannot be changed by a commit.
    expect(
      screen.queryByRole('button', { name: 'Actions for spoke-eu-dev' }),
    ).toBeNull();
  });

  it('says what a cluster was where its hub is not heard', async () => {
    openClusters({
      getClusters: async () => ({
        revision: 1,
        hubs: [hubOf('hub'), hubOf('hub-us', { status: 'unreachable' })],
        items: clusters,
      }),
    });
    expect((await rows('us'))[0]).toMatch(
      /^spoke-us-prodprodUnreachablelast known Failed/,
    );
    expect((await rows('eu'))[1]).toMatch(/^spoke-eu-prodprodReady/);
  });

  it('narrows by what the address says, also by labels', async () => {
    openClusters({}, '/?q=tier%3Dgold&phase=ready');
    expect(await rows('eu')).toHaveLength(1);
    expect(screen.queryByRole('table', { name: 'Clusters in us' })).toBeNull();
    await fill(screen.getByRole('searchbox'), 'nothing');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all clusters' }),
    );
    expect(await rows('us')).toHaveLength(1);
  });
});
