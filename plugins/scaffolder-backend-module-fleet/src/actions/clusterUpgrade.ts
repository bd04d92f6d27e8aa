import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';
import { waves } from '../lib/schema';
import { examples } from './clusterUpgrade.examples';

/**
 * `fleet:cluster:upgrade`: gives clusters another Kubernetes version.
 *
 * @public
 */
export function createClusterUpgradeAction({ fleet }: { fleet: FleetService }) {
  return createChangeAction(fleet, {
    id: 'fleet:cluster:upgrade',
    description:
      'Gives one or several clusters another Kubernetes version by commits or pull requests to the GitOps repository, at once or in waves',
    kind: 'cluster.upgrade',
    examples,
    input: {
      clusters: z =>
        z.array(z.string()).min(1).describe('Names of the clusters'),
      kubernetesVersion: z => z.string().describe('For example v1.33.4'),
      waves,
    },
    parameters: ({ clusters, kubernetesVersion, waves: wanted }) => ({
      clusters,
      kubernetesVersion,
      waves: wanted,
    }),
    subject: ({ clusters }) => clusters.join('-'),
  });
}
