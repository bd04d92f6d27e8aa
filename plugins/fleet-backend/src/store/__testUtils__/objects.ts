import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { FleetStore } from '../fleetStore';
import type { FleetStoreOptions } from '../fleetStoreOptions';
import { parseNamePattern } from '../namePattern';
import { RevisionCounter } from '../revision';

/** A projected cluster Secret. */
export function cluster(
  name: string,
  labels: Record<string, string> = {},
  server = `https://${name}`,
): KubernetesObject {
  return {
    kind: 'Cluster',
    metadata: { name: `cluster-${name}`, namespace: 'argocd', labels },
    spec: { name, server },
  };
}

export interface ApplicationFixture {
  name: string;
  namespace?: string;
  destination?: { name?: string; server?: string };
  labels?: Record<string, string>;
  applicationSet?: string;
  project?: string;
  health?: string;
  sync?: string;
  images?: string[];
  reconciledAt?: string;
}

/** A projected Application. */
export function application(fixture: ApplicationFixture): KubernetesObject {
  return {
    kind: 'Application',
    metadata: {
      name: fixture.name,
      namespace: fixture.namespace ?? 'argocd',
      labels: fixture.labels,
      ownerReferences: fixture.applicationSet
        ? [
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'ApplicationSet',
              name: fixture.applicationSet,
              uid: 'uid',
              controller: true,
            },
          ]
        : undefined,
    },
    spec: {
      project: fixture.project ?? 'default',
      destination: fixture.destination ?? { name: 'spoke' },
    },
    status: {
      health: {
        status: fixture.health ?? 'Healthy',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
      sync: { status: fixture.sync ?? 'Synced' },
      summary: { images: fixture.images ?? [] },
      reconciledAt: fixture.reconciledAt,
    },
  };
}

/** A store with hubs `eu` and `us`. */
export function testStore(options: Partial<FleetStoreOptions> = {}) {
  return new FleetStore({
    hubs: ['eu', 'us'].map(id => ({ id, title: id, url: `https://${id}` })),
    labels: { environment: ['environment', 'env'], region: ['region'] },
    namePatterns: [parseNamePattern('{service}-{cluster}')],
    revisions: new RevisionCounter({ now: 1_000, random: 0.5 }),
    ...options,
  });
}
