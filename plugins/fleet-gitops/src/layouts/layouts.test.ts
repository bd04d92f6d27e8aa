import type { RepositorySnapshot } from '../model/repository';
import { detectLayouts, layoutOf, layoutOfService } from './layouts';
import { exampleRepository } from './testdata/exampleRepository';

const media = exampleRepository('git-generator', 'media-gitops');
const logistics = exampleRepository('list-generator', 'logistics-gitops');
const shop = exampleRepository('hub-and-spoke', 'media-gitops');

/** Services by files, by list elements and by labels of clusters, all in one repository. */
const mixed: RepositorySnapshot = {
  ...media,
  files: new Map([
    ...media.files,
    ...[...logistics.files]
      .filter(([file]) => file.includes('tracking') || file.includes('depots'))
      .map(([file, text]): [string, string] => [
        file,
        text.replace(/logistics-gitops/g, 'media-gitops'),
      ]),
    ...[...shop.files]
      .filter(([file]) => /payments|clusters\//.test(file))
      .map(([file, text]): [string, string] => [
        file,
        text.replace(/fleet-gitops/g, 'media-gitops'),
      ]),
  ]),
};

describe('a repository with several layouts', () => {
  it('is recognised as all of them, by their shares', () => {
    expect(
      detectLayouts(mixed).map(({ layout, certainty }) => [layout, certainty]),
    ).toEqual([
      ['git-generator', 3 / 6],
      ['list-generator', 2 / 6],
      ['cluster-generator', 1 / 6],
    ]);
    expect(layoutOf(mixed).id).toBe('git-generator');
  });

  it.each([
    ['payments', 'cluster-generator'],
    ['tracking', 'list-generator'],
    ['dock-scheduler', 'list-generator'],
    ['transcoder', 'git-generator'],
    ['log-shipper', 'git-generator'],
    ['a-new-service', 'git-generator'],
  ])('%s is carried by the %s layout', (service, layout) => {
    expect(layoutOfService(mixed, service).id).toBe(layout);
    expect(layoutOfService(mixed, service, 'list-generator').id).toBe(
      'list-generator',
    );
  });
});
