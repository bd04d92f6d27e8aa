import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import type { AppliedIntent } from '@backstage-fleet/plugin-fleet-gitops';
import { label } from '../__testUtils__/changes';
import { changeScope } from './scope';

const cluster = (name: string, labels: Record<string, string>) => ({
  name,
  server: `https://${name}`,
  labels,
  annotations: {},
});
const clusters = [
  cluster('eu-staging', { environment: 'staging', region: 'eu' }),
  cluster('eu-prod', { env: 'prod', region: 'eu' }),
  cluster('us-prod', { environment: 'prod', region: 'us' }),
];

/** The scope of a change that names these, and whose plan has Applications on those clusters. */
function scope(options: {
  services?: string[];
  named?: string[];
  planned?: string[];
  /** Clusters of whose Applications none counts. */
  carriedOn?: string[];
  judged?: string[];
}) {
  return changeScope({
    intent: label('eu-staging', { tier: 'x' }),
    applied: {
      touched: {
        services: options.services ?? [],
        clusters: options.named ?? [],
      },
    } as AppliedIntent,
    plan: {
      applications: (options.planned ?? []).map(name => ({ cluster: name })),
    } as Plan,
    clusters,
    carries: ({ cluster: name }) => options.carriedOn?.includes(name) ?? false,
    judged: options.judged,
    hubs: ['hub'],
    environmentLabels: ['environment', 'env'],
    regionLabels: ['region'],
    ownerOf: service =>
      service === 'payments' ? 'group:default/team' : undefined,
  });
}

describe('what a change concerns', () => {
  it('is where its intent names and where its plan has Applications', () => {
    expect(
      scope({
        services: ['payments'],
        named: ['eu-staging'],
        planned: ['us-prod', 'us-prod'],
      }),
    ).toEqual({
      kind: 'cluster.label',
      hubs: ['hub'],
      owners: ['group:default/team'],
      environments: ['staging', 'prod'],
      regions: ['eu', 'us'],
    });
  });

  it('has a name that nobody can be allowed for what is not known', () => {
    expect(scope({ services: ['payments', 'stray'] }).owners).toEqual([
      'group:default/team',
      '',
    ]);
    expect(scope({ named: ['eu-prod', 'mars'] })).toMatchObject({
      environments: ['prod', ''],
      regions: ['eu', ''],
    });
  });

  it('has both environments of a cluster that goes from one to the other', () => {
    clusters.push(cluster('moved', { environment: 'staging', region: 'eu' }));
    clusters.push(cluster('moved', { environment: 'prod', region: 'us' }));
    expect(scope({ named: ['moved'] })).toMatchObject({
      environments: ['staging', 'prod'],
      regions: ['eu', 'us'],
    });
  });

  it('does not have the hub that only carries the claims of clusters', () => {
    const planned = ['in-cluster', 'eu-staging'];
    expect(
      scope({ named: ['eu-staging'], planned, carriedOn: ['in-cluster'] }),
    ).toMatchObject({ environments: ['staging'], regions: ['eu'] });
    expect(scope({ named: ['eu-staging'], planned })).toMatchObject({
      environments: ['staging', ''],
    });
  });

  it('is not asked again for a cluster that an earlier stage took away', () => {
    const gone = { named: ['gone'], judged: ['gone'] };
    expect(scope(gone)).toMatchObject({ environments: [], regions: [] });
    expect(scope({ ...gone, planned: ['mars'] }).environments).toEqual(['']);
  });

  it('is nothing where it names nothing', () => {
    expect(scope({})).toMatchObject({
      owners: [],
      environments: [],
      regions: [],
    });
  });
});
