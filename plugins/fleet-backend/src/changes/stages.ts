import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import type { Attribution } from './messages';
import type { ChangePatch, ChangeRecord, StageRecord } from './types';

/** The stage of a change that is under way; `undefined` where the change takes one commit or pull request. */
export function currentStage(record: ChangeRecord): StageRecord | undefined {
  return record.stages?.[record.stage ?? 0];
}

/** The stage after the one under way. */
export function nextStage(record: ChangeRecord): StageRecord | undefined {
  return record.stages?.[(record.stage ?? 0) + 1];
}

/** What is being written or followed now: the plan of the stage under way, else that of the whole change. */
export function currentPlan(record: ChangeRecord): Plan {
  return currentStage(record)?.plan ?? record.plan;
}

/** By this a commit is found again: each stage has one of its own. */
export function commitKey(record: ChangeRecord): string {
  const stage = currentStage(record);
  return stage ? `${record.id}/${stage.id}` : record.id;
}

/** What commits and pull requests of the stage under way say besides the change itself. */
export function attribution(record: ChangeRecord): Attribution {
  return {
    changeId: commitKey(record),
    requester: record.requester,
    reason: record.reason,
  };
}

/** The patch of a change, with what it says of the current stage kept there too. */
export function withStage(
  record: ChangeRecord,
  patch: ChangePatch,
): ChangePatch {
  if (!record.stages) return patch;
  const { state, branch, commit, pullRequest, plan, ...rest } = patch;
  const ofStage = { state, branch, commit, pullRequest, plan };
  const given = Object.fromEntries(
    Object.entries(ofStage).filter(([, value]) => value !== undefined),
  );
  const stages = record.stages.map((stage, index) =>
    index === (record.stage ?? 0) ? { ...stage, ...given } : stage,
  );
  // The plan of the change stays the whole one.
  const { plan: _, ...shared } = given;
  return { ...rest, ...shared, stages };
}

/** The patch that makes the next stage the one to be written. What is known of the last one stays in its own fields. */
export function intoNextStage(record: ChangeRecord): ChangePatch {
  return {
    ...withStage(record, {}),
    state: 'planned',
    step: 'write',
    stage: (record.stage ?? 0) + 1,
  };
}
