import type {
  IntentKind,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '@backstage-fleet/plugin-fleet-gitops';
import { carriesClusters } from './carriers';

const claim = (name: string) => `apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: { name: ${name}, namespace: clusters }
`;
const registration = (name: string) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  labels: { argocd.argoproj.io/secret-type: cluster }
stringData: { name: ${name}, server: https://${name}.example.com }
`;

const repository: RepositorySnapshot = {
  url: 'https://git.example.com/acme/fleet',
  sha: '',
  files: new Map([
    ['claims/eu.yaml', claim('eu')],
    ['claims/us.yaml', claim('us')],
    ['claims/kustomization.yaml', 'resources: [eu.yaml, us.yaml]\n'],
    ['clusters/eu.yaml', registration('eu')],
    ['services/cart/values.yaml', 'a: 1\n'],
  ]),
};

const carried = (
  fields: PlannedApplication['fields'],
  {
    kind = 'cluster.upgrade' as IntentKind,
    action = 'change' as PlannedApplication['action'],
  } = {},
) =>
  carriesClusters(
    { kind, parameters: {} } as any,
    ['eu'],
    [repository],
  )({
    action,
    name: 'claims',
    namespace: 'argocd',
    cluster: 'in-cluster',
    fields,
  });

describe('Applications that only bring the files of clusters to the hub', () => {
  it.each<[string, PlannedApplication['fields'], boolean]>([
    ['the claim', [{ path: 'claims/eu.yaml' }], true],
    ['the registration', [{ path: 'clusters/eu.yaml' }], true],
    [
      'the list of claims too',
      [{ path: 'claims/eu.yaml' }, { path: 'claims/kustomization.yaml' }],
      true,
    ],
    [
      'another cluster too',
      [{ path: 'claims/eu.yaml' }, { path: 'claims/us.yaml' }],
      false,
    ],
    [
      'a service too',
      [{ path: 'claims/eu.yaml' }, { path: 'services/cart/values.yaml' }],
      false,
    ],
    [
      'a field of its own',
      [{ path: 'claims/eu.yaml', before: 'a', after: 'b' }],
      false,
    ],
    ['nothing that is known', [], false],
  ])('%s: %j', (_, fields, expected) => {
    expect(carried(fields)).toBe(expected);
  });

  it.each([
    [{ kind: 'service.promote' as const }],
    [{ action: 'create' as const }],
    [{ action: 'delete' as const }],
  ])('not %j', options => {
    expect(carried([{ path: 'claims/eu.yaml' }], options)).toBe(false);
  });
});
