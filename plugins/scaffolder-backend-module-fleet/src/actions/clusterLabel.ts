import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';
import { examples } from './clusterLabel.examples';

/**
 * `fleet:cluster:label`: sets and removes labels of a cluster in the GitOps repository.
 *
 * @public
 */
export function createClusterLabelAction({ fleet }: { fleet: FleetService }) {
  return createChangeAction(fleet, {
    id: 'fleet:cluster:label',
    description:
      'Sets and removes labels of a cluster by a commit or a pull request to the GitOps repository',
    kind: 'cluster.label',
    examples,
    input: {
      cluster: z => z.string().describe('Name of the cluster'),
      labels: z =>
        z
          .record(z.string().nullable())
          .describe('Label values to set; null removes the label'),
    },
    parameters: ({ cluster, labels }) => ({ cluster, labels }),
    subject: ({ cluster }) => cluster,
  });
}
