import type { HubSnapshot } from '../model/fleetSnapshot';
import { evaluateRepository } from './evaluateRepository';
import { withChanges } from './indexRepository';
import { originsOf, readVersion } from './serviceApplications';
import { CHART, cluster, evaluate, lines } from './testdata/origins';
import {
  noClusters,
  platformRepository as platform,
} from './testdata/platformRepository';

describe('a repository of Applications of Applications', () => {
  it('follows bootstrap Applications into their charts, each for its cluster', () => {
    expect(lines(evaluate())).toEqual([
      'application berlin-bootstrap: argocd/berlin-bootstrap -> berlin',
      'application oslo-bootstrap: argocd/oslo-bootstrap -> oslo',
      'application berlin-bootstrap > chart apps: argocd/berlin-pricing -> berlin',
      'application oslo-bootstrap > chart apps: argocd/oslo-order-history -> oslo',
      'application oslo-bootstrap > chart apps: argocd/oslo-pricing -> oslo',
    ]);
  });

  it('reads versions on each cluster', () => {
    const evaluation = evaluate();
    expect([
      readVersion('pricing', 'berlin', evaluation),
      readVersion('pricing', 'oslo', evaluation),
      readVersion('order-history', 'berlin', evaluation),
      readVersion('bootstrap', 'berlin', evaluation),
    ]).toEqual([
      { text: '2.0', file: 'services/pricing/values.yaml' },
      { text: 'v3' },
      undefined,
      undefined,
    ]);
    expect(originsOf('bootstrap', evaluation)).toEqual([]);
  });

  it.each<[string, HubSnapshot, string[]]>([
    [
      'is only what is for the hub where the files name it',
      { ...noClusters, self: 'oslo' },
      ['oslo', 'oslo', 'oslo'],
    ],
    [
      'is only what is for the hub by the name of its own Secret',
      {
        ...noClusters,
        clusters: [cluster('berlin', 'https://kubernetes.default.svc')],
      },
      ['berlin', 'berlin'],
    ],
    [
      'stays on a hub that has these clusters as spokes',
      { ...noClusters, clusters: [cluster('berlin'), cluster('oslo')] },
      ['in-cluster', 'in-cluster', 'in-cluster', 'in-cluster', 'in-cluster'],
    ],
  ])('%s', (_case, hub, expected) => {
    expect(lines(evaluate({}, hub)).map(line => line.split('-> ')[1])).toEqual(
      expected,
    );
  });

  it.each<[string, Record<string, string | undefined>, string, object]>([
    [
      'a value that is required',
      {
        'apps/templates/pricing.yaml':
          '\n{{ required "who pays?" .Values.cluster.owner }}',
      },
      'error',
      {
        message: expect.stringContaining('who pays?'),
        file: 'apps/templates/pricing.yaml',
      },
    ],
    [
      'a value file that does not exist',
      { 'apps/values.oslo.yaml': undefined },
      'error',
      {
        message: 'value file apps/values.oslo.yaml does not exist',
        file: 'apps/values.oslo.yaml',
      },
    ],
    [
      'a dependency that is not in Git',
      {
        'apps/Chart.yaml': `${CHART}dependencies: [{name: x, version: 1.0.0, repository: "https://charts.example.com"}]\n`,
      },
      'not-evaluable',
      { message: expect.stringContaining('https://charts.example.com') },
    ],
    [
      'what is no YAML',
      { 'apps/templates/pricing.yaml': 'kind: Application\nmetadata: [' },
      'error',
      { file: 'apps/templates/pricing.yaml' },
    ],
  ])('answers with the error for %s', (_case, files, status, expected) => {
    const failed = evaluate(files).origins.find(
      ({ evaluation }) => evaluation.status !== 'ok',
    );
    expect({ file: failed?.file, ...failed?.evaluation }).toMatchObject({
      status,
      ...expected,
    });
  });

  it('renders again only what reads a changed file', () => {
    const before = evaluateRepository(platform, noClusters, { branch: 'main' });
    expect(before.origins).toHaveLength(4);
    const changed = withChanges(
      platform,
      new Map([['apps/values.oslo.yaml', 'cluster: {name: oslo}\n']]),
    );
    const after = evaluateRepository(changed, noClusters, {
      branch: 'main',
      previous: platform,
    });
    expect(
      after.origins
        .filter(origin => !before.origins.includes(origin))
        .map(({ key }) => key),
    ).toEqual(['chart oslo/argocd/oslo-bootstrap 0']);
  });
});
