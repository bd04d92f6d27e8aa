import { edited } from '../../layouts/testdata/shopRepository';
import {
  noClusters,
  platformRepository,
} from '../../repository/testdata/platformRepository';
import { planChanges } from '../planChanges';

const switchOn = new Map([
  [
    'apps/values.berlin.yaml',
    'cluster:\n  name: berlin\npricing:\n  enable: true\norderHistory:\n  enable: true\n',
  ],
]);

const project = `apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: platform
spec: {}
`;

describe('unknownProject', () => {
  it.each([
    ['nowhere', {}, ['unknown-project']],
    ['in a plain file', { 'projects/platform.yaml': project }, []],
    [
      'in a chart of Applications',
      { 'apps/templates/project.yaml': project },
      [],
    ],
  ])('sees whether a project is declared %s', (_case, files, stopped) => {
    const { guards } = planChanges({
      repository: edited(platformRepository, files),
      changes: switchOn,
      hub: { ...noClusters, projects: ['default'] },
      branch: 'main',
    });
    expect(
      guards.filter(({ id }) => id === 'unknown-project').map(({ id }) => id),
    ).toEqual(stopped);
  });
});
