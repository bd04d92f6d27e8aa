import fc from 'fast-check';
import { parse } from 'yaml';
import { isSafeText } from '../intents/grammar';
import { planChanges } from '../plan';
import { indexRepository, withChanges } from '../repository';
import {
  emptyHub,
  exampleFile,
  exampleRepository as repository,
  exampleWith,
} from './__testUtils__/exampleRepository';
import { listBlueprints } from './blueprints';
import { checkClaim } from './checkClaim';
import { createCluster } from './createCluster';
import { listClaims } from './findClaim';
import { CAPI, CLAIMS, REQUESTS } from './__testUtils__/requests';

describe('the example repository', () => {
  it('has blueprints for every provisioner, and nothing is wrong with them', () => {
    const { blueprints, problems } = listBlueprints(repository);
    expect(problems).toEqual([]);
    expect(blueprints.map(({ id, provisioner }) => [id, provisioner])).toEqual([
      ['cluster-api-eks', 'cluster-api'],
      ['crossplane-eks-claim', 'crossplane-claim'],
      ['crossplane-spoke', 'crossplane-xr'],
      ['kro-eks', 'kro'],
    ]);
  });

  it('has claims that their definitions allow', () => {
    const claims = listClaims(repository);
    expect(claims.map(({ cluster }) => cluster)).toEqual([
      'spoke-ap-south-1-prod',
      'spoke-ap-south-1-staging',
      'spoke-eu-west-1-prod',
      'spoke-eu-west-1-staging',
      'spoke-us-east-1-staging',
    ]);
    for (const { object, provisioner } of claims)
      expect(checkClaim(object, provisioner!, repository).violations).toEqual(
        [],
      );
  });
});

describe('createCluster', () => {
  it.each(Object.keys(REQUESTS) as Array<keyof typeof REQUESTS>)(
    'writes the claim and the registration of %s, once',
    id => {
      const created = createCluster(REQUESTS[id], repository);
      expect([...created.changes.keys()]).toEqual([
        'claims/spoke-new.yaml',
        'clusters/spoke-new.yaml',
      ]);
      expect(parse(created.changes.get('claims/spoke-new.yaml')!)).toEqual(
        CLAIMS[id],
      );
      expect(parse(created.changes.get('clusters/spoke-new.yaml')!)).toEqual({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'spoke-new',
          namespace: 'argocd',
          labels: {
            'argocd.argoproj.io/secret-type': 'cluster',
            environment: 'staging',
            region: 'eu-west-1',
            kubernetes_version: '1.34',
          },
          annotations: {
            aws_account_id: '111122223333',
            aws_cluster_name: 'spoke-new',
            aws_region: 'eu-west-1',
            workload_repo_url: repository.url,
            workload_repo_path: 'services',
            workload_repo_revision: 'main',
          },
        },
        type: 'Opaque',
        stringData: {
          name: 'spoke-new',
          server: 'https://spoke-new.clusters.acme.example:6443',
        },
      });
      const after = withChanges(repository, created.changes);
      expect(createCluster(REQUESTS[id], after).changes.size).toBe(0);
      expect(listClaims(after)).toContainEqual(
        expect.objectContaining({ cluster: 'spoke-new', blueprintId: id }),
      );
    },
  );

  it('lets the plan say which services the cluster will receive', () => {
    const { changes } = createCluster(
      {
        ...CAPI,
        labels: { enable_cart: 'true', enable_search: 'true' },
        annotations: { aws_vpc_id: 'vpc-1' },
      },
      repository,
    );
    const plan = planChanges({
      repository,
      changes,
      hub: emptyHub,
      branch: 'main',
      touched: { services: [], clusters: ['spoke-new'] },
    });
    expect(plan.guards).toEqual([]);
    expect(
      plan.applications.map(({ action, name, cluster }) => [
        action,
        name,
        cluster,
      ]),
    ).toEqual([
      ['create', 'cart-spoke-new', 'spoke-new'],
      ['create', 'search-spoke-new', 'spoke-new'],
      // The Application that applies claims.
      ['change', 'claims', 'in-cluster'],
    ]);
  });

  it('keeps to itself what a hub adds to the Secret', () => {
    const created = createCluster(CAPI, repository);
    const after = withChanges(repository, created.changes);
    expect(
      indexRepository(after).clusters.find(({ name }) => name === 'spoke-new'),
    ).toMatchObject({ file: 'clusters/spoke-new.yaml' });
    expect(JSON.stringify(created.registration)).not.toContain('config');
  });

  it('leaves the address out where the blueprint does not know it, and lists files where a kustomization does', () => {
    const example = exampleWith({
      'blueprints/cluster-api-eks.yaml': exampleFile(
        'blueprints/cluster-api-eks.yaml',
        ['    server: https://{cluster}.clusters.acme.example:6443\n', ''],
        [
          '    file: clusters/{cluster}.yaml\n',
          '    file: clusters/{parameters.region}/{cluster}.yaml\n    project: spokes\n',
        ],
      ),
      'claims/kustomization.yaml':
        'resources:\n- ./spoke-eu-west-1-prod.yaml\n',
    });
    const { changes, registration } = createCluster(CAPI, example);
    expect(registration.stringData).toEqual({
      name: 'spoke-new',
      project: 'spokes',
    });
    expect([...changes.keys()]).toEqual([
      'claims/spoke-new.yaml',
      'claims/kustomization.yaml',
      'clusters/eu-west-1/spoke-new.yaml',
    ]);
    expect(changes.get('claims/kustomization.yaml')).toBe(
      'resources:\n- ./spoke-eu-west-1-prod.yaml\n- ./spoke-new.yaml\n',
    );
  });

  it('writes any safe text as the value that it is', () => {
    const example = exampleWith({
      'blueprints/kro-eks.yaml': exampleFile('blueprints/kro-eks.yaml', [
        'enum: [m6i.large, m6i.2xlarge, r6i.2xlarge]',
        'maxLength: 50',
      ]),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 50 }),
          fc.constantFrom('on', '1e3', "': x", '# no', '- a', '!!int 1', '&a'),
        ),
        instanceType => {
          const request = {
            ...REQUESTS['kro-eks'],
            parameters: {
              ...REQUESTS['kro-eks'].parameters,
              instanceType,
            },
          };
          fc.pre(isSafeText(instanceType));
          const text = createCluster(request, example).changes.get(
            'claims/spoke-new.yaml',
          )!;
          expect(parse(text).spec).toEqual({
            ...(CLAIMS['kro-eks'] as { spec: object }).spec,
            workers: { replicas: 3, instanceType },
          });
        },
      ),
    );
  });
});
