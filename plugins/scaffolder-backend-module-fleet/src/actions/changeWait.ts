import { setTimeout as delay } from 'node:timers/promises';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { withBackendSentence } from '../lib/backendError';
import { WAITABLE, waitForChange } from '../lib/waitForChange';
import { examples } from './changeWait.examples';

const DEFAULT_TIMEOUT_SECONDS = 3600;
const POLL_MS = 2000;

/**
 * `fleet:change:wait`: waits until a change has come to a state. Each of its steps is shown in the task's log.
 *
 * @public
 */
export function createChangeWaitAction({ fleet }: { fleet: FleetService }) {
  return createTemplateAction({
    id: 'fleet:change:wait',
    description:
      'Waits until a change of the fleet is merged, registered, synced or healthy',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        changeId: z =>
          z
            .string()
            .optional()
            .describe(
              'Id of the change, an output of the other fleet actions. Without one (nothing was written) nothing is waited for',
            ),
        until: z =>
          z
            .enum(WAITABLE)
            .optional()
            .describe('The state to wait for. Default: healthy'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .positive()
            .optional()
            .describe('Default: 3600, an hour'),
      },
      output: {
        state: z => z.string().describe('The state of the change'),
      },
    },
    async handler(ctx) {
      const {
        changeId,
        until = 'healthy',
        timeoutSeconds = DEFAULT_TIMEOUT_SECONDS,
      } = ctx.input;
      if (ctx.isDryRun || !changeId) {
        ctx.logger.info(
          ctx.isDryRun
            ? `Would wait until the change is ${until}.`
            : 'There is no change to wait for.',
        );
        ctx.output('state', 'unchanged');
        return;
      }
      const { state } = await waitForChange({
        id: changeId,
        until,
        timeoutSeconds,
        logger: ctx.logger,
        signal: ctx.signal,
        now: Date.now,
        pause: signal =>
          delay(POLL_MS, undefined, { signal }).catch(() => undefined),
        get: async id => {
          try {
            // Asked for each time: credentials of a task are short-lived.
            const credentials = await ctx.getInitiatorCredentials();
            return await fleet.getChange(id, { credentials });
          } catch (error) {
            throw withBackendSentence(error);
          }
        },
      });
      ctx.output('state', state);
    },
  });
}
