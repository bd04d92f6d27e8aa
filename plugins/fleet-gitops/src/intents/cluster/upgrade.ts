import { z } from 'zod';
import { parseKubernetesVersion } from '../../claims/kubernetesVersion';
import { upgradeCluster as upgrade } from '../../claims/upgradeClaim';
import { Edits } from '../../layouts/edits';
import { clusterNames } from '../grammar';
import type { IntentDefinition } from '../types';

/** Another Kubernetes version, on one cluster or several. */
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
  }),
  subject: ({ clusters }) =>
    clusters.length === 1 ? clusters[0] : `${clusters.length}-clusters`,
  apply({ clusters, kubernetesVersion }, repository, { definitions }) {
    const edits = new Edits(repository);
    for (const cluster of clusters)
      upgrade(cluster, kubernetesVersion, repository, edits, definitions);
    return {
      ...edits.result(),
      title: `Upgrade ${
        clusters.length === 1 ? clusters[0] : `${clusters.length} clusters`
      } to Kubernetes ${kubernetesVersion}`,
      touched: { services: [], clusters },
    };
  },
};
