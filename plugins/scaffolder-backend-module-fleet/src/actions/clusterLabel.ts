import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { setOutputs } from '../lib/outputs';
import { runChange } from '../lib/runChange';
import { changeInputs, changeOutputs } from '../lib/schema';
import { examples } from './clusterLabel.examples';

/**
 * `fleet:cluster:label`: sets and removes labels of a cluster in the GitOps repository.
 *
 * @public
 */
export function createClusterLabelAction({ fleet }: { fleet: FleetService }) {
  return createTemplateAction({
    id: 'fleet:cluster:label',
    description:
      'Sets and removes labels of a cluster by a commit or a pull request to the GitOps repository',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z => z.string().describe('Name of the cluster'),
        labels: z =>
          z
            .record(z.string().nullable())
            .describe('Label values to set; null removes the label'),
        ...changeInputs,
      },
      output: changeOutputs,
    },
    async handler(ctx) {
      const { cluster, labels, repository, mode, reason } = ctx.input;
      setOutputs(
        ctx,
        await runChange(ctx, fleet, {
          intent: {
            kind: 'cluster.label',
            repository,
            parameters: { cluster, labels },
          },
          mode,
          reason,
          subject: `${repository ?? 'default'}.${cluster}`,
        }),
      );
    },
  });
}
