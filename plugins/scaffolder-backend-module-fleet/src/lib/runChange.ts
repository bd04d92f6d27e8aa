import { createHash } from 'node:crypto';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type {
  Change,
  ChangeMode,
  GuardOverride,
  Intent,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { withBackendSentence } from './backendError';
import { planLines } from './planLog';

/** What every action that changes the fleet outputs. */
export type ChangeOutput = {
  changeId?: string;
  commitSha?: string;
  commitUrl?: string;
  pullRequestUrl?: string;
  unchanged: boolean;
  planSummary: string;
};

/** What is asked of the fleet. */
export interface ChangeInput {
  intent: Intent;
  mode?: ChangeMode;
  reason?: string;
  overrides?: GuardOverride[];
}

/**
 * Logs the plan of an intent, then writes it, once for each task and intent. A dry run ends after the plan.
 *
 * @param options.subject - What the change is about, for the checkpoint's key, for example `fleet-gitops.payments`.
 */
export async function runChange(
  context: Pick<
    ActionContext<any, any>,
    'logger' | 'checkpoint' | 'isDryRun' | 'getInitiatorCredentials'
  >,
  fleet: FleetService,
  options: ChangeInput & { subject: string },
): Promise<ChangeOutput> {
  const { intent, mode = 'auto', reason, overrides, subject } = options;
  try {
    const credentials = await context.getInitiatorCredentials();
    const plan = await fleet.createPlan({ intent }, { credentials });
    planLines(plan).forEach(line => context.logger.info(line));
    if (context.isDryRun) return planned(plan);

    const output = await context.checkpoint<ChangeOutput>({
      // All turns of a step with `each` share its id, so the key tells them apart.
      key: `${intent.kind}.${subject}.${hash({ intent, mode, overrides })}`,
      fn: async () =>
        written(
          await fleet.createChange(
            { intent, mode, reason, overrides },
            { credentials },
          ),
        ),
    });
    context.logger.info(resultLine(output));
    return output;
  } catch (error) {
    throw withBackendSentence(error);
  }
}

function planned(plan: Plan): ChangeOutput {
  return { unchanged: plan.unchanged, planSummary: plan.summary };
}

function written(change: Change): ChangeOutput {
  // Checkpoints are kept as JSON, which has no undefined.
  return JSON.parse(
    JSON.stringify({
      changeId: change.id,
      commitSha: change.commit?.sha,
      commitUrl: change.commit?.url,
      pullRequestUrl: change.pullRequest?.url,
      unchanged: change.state === 'unchanged',
      planSummary: change.plan.summary,
    }),
  );
}

function resultLine(output: ChangeOutput): string {
  if (output.unchanged) return 'Nothing was written: Git already says this.';
  if (output.pullRequestUrl) return `Pull request: ${output.pullRequestUrl}`;
  return `Commit ${output.commitSha?.slice(0, 7)}: ${output.commitUrl}`;
}

function hash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('hex')
    .slice(0, 12);
}
