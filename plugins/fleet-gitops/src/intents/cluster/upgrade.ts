import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { parseKubernetesVersion } from '../../claims/kubernetesVersion';
import { upgradeCluster as upgrade } from '../../claims/upgradeClaim';
import { Edits } from '../../layouts/edits';
import { indexRepository } from '../../repository';
import { clusterNames, waves } from '../grammar';
import { isRefusal } from '../refusal';
import type { IntentDefinition } from '../types';
import { waveStages } from '../waves';

/** Another Kubernetes version, on one cluster or several, at once or in waves. */
export const upgradeCluster: IntentDefinition<'cluster.upgrade'> = {
  kind: 'cluster.upgrade',
  schema: z.strictObject({
    clusters: clusterNames,
    kubernetesVersion: z
      .string()
      .refine(
        text => parseKubernetesVersion(text) !== undefined,
        'must be a Kubernetes version such as v1.33.4',
      ),
    waves: waves.optional(),
  }),
  subject: ({ clusters }) =>
    clusters.length === 1 ? clusters[0] : `${clusters.length}-clusters`,
  apply({ clusters, kubernetesVersion, waves: wanted }, repository, options) {
    const { stage } = options;
    const meant = stage?.clusters ?? clusters;
    const stages = stage
      ? []
      : waveStages(
          wanted,
          clusters.map(cluster => ({ cluster })),
          {
            field: 'clusters',
            clusters: [
              ...indexRepository(repository).clusters,
              ...(options.clusters ?? []),
            ],
            regionLabels: options.regionLabels,
            version: kubernetesVersion,
          },
        );
    const edits = new Edits(repository);
    forAll(meant, cluster =>
      upgrade(
        cluster,
        kubernetesVersion,
        repository,
        edits,
        options.definitions,
      ),
    );
    const title = `Upgrade ${
      meant.length === 1 ? meant[0] : `${meant.length} clusters`
    } to Kubernetes ${kubernetesVersion}`;
    return {
      ...edits.result(),
      title: stage ? `${title}: ${stage.title}` : title,
      touched: { services: [], clusters: meant },
      ...(stages.length > 0 ? { stages } : {}),
    };
  },
};

/** So that one answer names every cluster that cannot be upgraded. */
function forAll(clusters: string[], task: (cluster: string) => void): void {
  const errors = new Map<string, Error>();
  for (const cluster of clusters) {
    try {
      task(cluster);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      errors.set((error as Error).message, error as Error);
    }
  }
  const [first, ...others] = errors.values();
  if (others.length > 0) throw new InputError([...errors.keys()].join(' '));
  if (first) throw first;
}
