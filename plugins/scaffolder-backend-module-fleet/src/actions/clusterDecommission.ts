import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';

import { examples } from './clusterDecommission.examples';

/**
 * `fleet:cluster:decommission`: takes a cluster out of service: its Applications go, then its registration, then its claim.
 *
 * @public
 */
export function createClusterDecommissionAction({
  fleet,
}: {
  fleet: FleetService;
}) {
  return createChangeAction(fleet, {
    id: 'fleet:cluster:decommission',
    description:
      'Takes a cluster out of service in order: its Applications go, then its registration, then its claim',
    kind: 'cluster.decommission',
    examples,
    input: { cluster: z => z.string().describe('Name of the cluster') },
    parameters: ({ cluster }) => ({ cluster }),
    subject: ({ cluster }) => cluster,
  });
}
