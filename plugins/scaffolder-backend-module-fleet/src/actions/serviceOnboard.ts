import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { runChange } from '../lib/runChange';
import { changeInputs, changeOutputs } from '../lib/schema';
import { setOutputs } from '../lib/outputs';
import { examples } from './serviceOnboard.examples';

/**
 * `fleet:service:onboard`: puts a service on clusters by a commit or a pull request to the GitOps repository.
 *
 * @public
 */
export function createServiceOnboardAction({ fleet }: { fleet: FleetService }) {
  return createTemplateAction({
    id: 'fleet:service:onboard',
    description:
      'Puts a service on clusters of the fleet by a commit or a pull request to the GitOps repository',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        service: z => z.string().describe('Name of the service, a DNS label'),
        clusters: z =>
          z
            .array(z.string())
            .min(1)
            .describe('Names of the clusters that shall run it'),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              "Directory of the service's chart in the GitOps repository. Default: services/<service>",
            ),
        namespace: z =>
          z
            .string()
            .optional()
            .describe("Namespace on the clusters. Default: the service's name"),
        ...changeInputs,
      },
      output: changeOutputs,
    },
    async handler(ctx) {
      const { service, clusters, path, namespace, repository, mode, reason } =
        ctx.input;
      setOutputs(
        ctx,
        await runChange(ctx, fleet, {
          intent: {
            kind: 'service.onboard',
            repository,
            parameters: {
              service,
              clusters,
              // Forms send an empty text for a field that was left empty.
              ...(path && { path }),
              ...(namespace && { namespace }),
            },
          },
          mode,
          reason,
          subject: `${repository ?? 'default'}.${service}`,
        }),
      );
    },
  });
}
