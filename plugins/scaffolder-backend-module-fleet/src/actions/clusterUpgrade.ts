import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';

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
      'Gives one or several clusters another Kubernetes version by a commit or a pull request to the GitOps repository',
    kind: 'cluster.upgrade',
    examples,
    input: {
      clusters: z =>
        z.array(z.string()).min(1).describe('Names of the clusters'),
      kubernetesVersion: z => z.string().describe('For example v1.33.4'),
    },
    parameters: ({ clusters, kubernetesVersion }) => ({
      clusters,
      kubernetesVersion,
    }),
    subject: ({ clusters }) => clusters.join('-'),
  });
}
