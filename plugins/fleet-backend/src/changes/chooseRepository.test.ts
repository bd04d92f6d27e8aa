import type { TypedIntent } from '@backstage-fleet/plugin-fleet-common';
import type { RepositoryConfig } from '../git';
import { chooseRepository } from './chooseRepository';
import type { FleetView } from './types';

const repository = (id: string, hub: string): RepositoryConfig => ({
  id,
  url: `https://git/acme/${id}`,
  branch: 'main',
  hubs: [hub],
});
const fleet = repository('fleet-gitops', 'hub');
const warehouse = repository('warehouse-gitops', 'warehouse');

const CLUSTERS: Record<string, string[]> = {
  'eu-prod': ['hub'],
  'in-cluster': ['hub', 'warehouse'],
};
const SERVICES: Record<string, string[]> = {
  payments: ['hub'],
  scanners: ['warehouse'],
  accounts: ['hub', 'warehouse'],
};
const view = {
  hubsOf: (what, name) =>
    (what === 'cluster' ? CLUSTERS : SERVICES)[name] ?? [],
  repositoriesWithBlueprint: id => (id === 'eks' ? ['fleet-gitops'] : []),
} as FleetView;

const choose = (intent: TypedIntent) =>
  chooseRepository(intent, [fleet, warehouse], view).id;

describe('the repository of an intent that names none', () => {
  it.each<[string, TypedIntent, string]>([
    [
      'its cluster',
      {
        kind: 'service.enable',
        parameters: { service: 'accounts', clusters: ['eu-prod'] },
      },
      'fleet-gitops',
    ],
    [
      'its service',
      {
        kind: 'service.rollback',
        parameters: {
          service: 'scanners',
          version: '1',
          on: { environments: ['prod'] },
        },
      },
      'warehouse-gitops',
    ],
    [
      'its blueprint',
      {
        kind: 'cluster.create',
        parameters: { blueprint: 'eks', cluster: 'new', parameters: {} },
      },
      'fleet-gitops',
    ],
    [
      'the clusters that it goes to',
      {
        kind: 'service.promote',
        parameters: {
          service: 'accounts',
          version: '1',
          to: { clusters: ['eu-prod'] },
        },
      },
      'fleet-gitops',
    ],
  ])('follows from %s', (_, intent, expected) => {
    expect(choose(intent)).toBe(expected);
  });

  it.each<[string, TypedIntent]>([
    [
      'several repositories fit',
      {
        kind: 'service.promote',
        parameters: {
          service: 'accounts',
          version: '1',
          to: { environments: ['prod'] },
        },
      },
    ],
    [
      'none fits',
      {
        kind: 'cluster.label',
        parameters: { cluster: 'mars', labels: { a: 'b' } },
      },
    ],
  ])('must be named where %s', (_, intent) => {
    expect(() => choose(intent)).toThrow(
      'intent.repository is missing: name one of fleet-gitops, warehouse-gitops.',
    );
  });

  it('is asked for, or the hub, where a cluster’s name is one of several hubs', () => {
    expect(() =>
      choose({
        kind: 'cluster.label',
        parameters: { cluster: 'in-cluster', labels: { a: 'b' } },
      }),
    ).toThrow(
      '`in-cluster` is the name of clusters of several hubs: write `hub/in-cluster` or `warehouse/in-cluster`, or set intent.repository: name one of fleet-gitops, warehouse-gitops.',
    );
  });

  it('is the only one', () => {
    const intent: TypedIntent = {
      kind: 'cluster.label',
      parameters: { cluster: 'mars', labels: { a: 'b' } },
    };
    expect(chooseRepository(intent, [fleet])).toBe(fleet);
    expect(() => chooseRepository(intent, [])).toThrow(
      'No GitOps repository is configured',
    );
  });
});
