import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeAction } from '../lib/createChangeAction';
import { targets } from '../lib/schema';
import { examples } from './serviceRollback.examples';

/**
 * `fleet:service:rollback`: brings back a version that ran before, by a commit that goes forward.
 *
 * @public
 */
export function createServiceRollbackAction({
  fleet,
}: {
  fleet: FleetService;
}) {
  return createChangeAction(fleet, {
    id: 'fleet:service:rollback',
    description:
      'Brings back a version of a service that ran before, by a commit that goes forward',
    kind: 'service.rollback',
    examples,
    input: {
      service: z => z.string().describe('Name of the service'),
      version: z => z.string().describe('The version to go back to'),
      ...targets,
    },
    parameters: ({ service, version, environments, clusters }) => ({
      service,
      version,
      on: { environments, clusters },
    }),
    subject: ({ service }) => service,
  });
}
