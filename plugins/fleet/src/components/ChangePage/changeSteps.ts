import {
  Change,
  ChangeStage,
  ChangeState,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';

/** A step on the way of a change, from Git to the clusters. */
export type StepId =
  | 'proposed'
  | 'merged'
  | 'committed'
  | 'provisioning'
  | 'registered'
  | 'upgraded'
  | 'synced'
  | 'healthy'
  | 'removed';

/** Where a step stands; `stopped` is never reached, because the change ended before it. */
export type StepStatus = 'done' | 'current' | 'waiting' | 'failed' | 'stopped';

/** One step with where it stands. */
export interface ChangeStep {
  id: StepId;
  status: StepStatus;
  /** When it was reached, where that is known. */
  at?: Date | string;
}

const STOPPED: ChangeState[] = ['failed', 'stopped', 'superseded'];

/** The states of a change in which a step is reached. */
const STATES: Record<StepId, ChangeState[]> = {
  proposed: ['proposed'],
  merged: ['merged'],
  committed: ['merged'],
  provisioning: ['provisioning'],
  registered: ['registered'],
  upgraded: ['provisioning'],
  synced: ['synced'],
  healthy: ['healthy'],
  removed: ['healthy'],
};

/** The steps of a change that takes one commit or pull request. */
export function stepsOfChange(change: Change): ChangeStep[] {
  const reached =
    [...change.timeline]
      .map(entry => entry.state)
      .filter(state => !STOPPED.includes(state))
      .pop() ?? change.state;
  return place(
    stepsToTake(change, change),
    STOPPED.includes(change.state) ? reached : change.state,
    change.state,
  ).map(step => ({ ...step, at: reachedAt(change, step) }));
}

/** The steps of one stage of a change that takes several. */
export function stepsOfStage(change: Change, index: number): ChangeStep[] {
  const stage = change.stages![index];
  const current = change.stage ?? 0;
  const last = index === change.stages!.length - 1;
  const steps = stepsToTake(change, stage, last);
  if (index < current) {
    return steps.map(id => ({
      id,
      status: 'done',
      ...timeOf(id, change, index),
    }));
  }
  if (index > current) {
    const status = STOPPED.includes(change.state) ? 'stopped' : 'waiting';
    return steps.map(id => ({ id, status }));
  }
  return place(steps, reachedInStage(stage), change.state).map(step =>
    step.status === 'done'
      ? { ...step, ...timeOf(step.id, change, index) }
      : step,
  );
}

/** What must happen, in order. */
function stepsToTake(
  change: Change,
  part: Pick<Change | ChangeStage, 'pullRequest' | 'commit'> & {
    plan?: Plan;
    waitFor?: ChangeStage['waitFor'];
  },
  last = true,
): StepId[] {
  const proposed =
    part.pullRequest !== undefined ||
    (part.commit === undefined && change.mode === 'pull-request') ||
    (change.stages === undefined &&
      change.timeline.some(entry => entry.state === 'proposed'));
  const plan = part.plan ?? change.plan;
  const followed = plan.evaluable && plan.applications.length > 0;
  const removing =
    (followed &&
      plan.applications.every(({ action }) => action === 'delete')) ||
    (part.waitFor === 'removed' && (followed || !last));
  const making = change.intent.kind === 'cluster.create';
  const steps: StepId[] = proposed ? ['proposed', 'merged'] : ['committed'];
  if (part.waitFor === 'merged') {
    return steps;
  }
  if (change.intent.kind === 'cluster.upgrade') {
    // What is deployed on the clusters must be healthy again, also where the plan names no Application.
    return [...steps, 'upgraded', 'healthy'];
  }
  if (making) {
    steps.push('provisioning', 'registered');
  }
  if (removing) {
    steps.push('removed');
  } else if (followed) {
    steps.push('synced', 'healthy');
  }
  return steps;
}

/** Marks what is done, what is under way, and what is still to come or never will. */
function place(
  steps: StepId[],
  reached: ChangeState,
  state: ChangeState,
): ChangeStep[] {
  // While a cluster is made or upgraded, that is what is going on; every other state says what was reached.
  const done =
    steps.findIndex(step => STATES[step].includes(reached)) -
    (reached === 'provisioning' ? 1 : 0);
  const next = {
    failed: 'failed',
    stopped: 'stopped',
    superseded: 'stopped',
  }[state as string] as StepStatus | undefined;
  return steps.map((id, at) => {
    if (at <= done || state === 'healthy') {
      return { id, status: 'done' };
    }
    if (at === done + 1) {
      return { id, status: next ?? 'current' };
    }
    return { id, status: next ? 'stopped' : 'waiting' };
  });
}

/** How far the stage under way has come; its own state says so until the change ends early. */
function reachedInStage(stage: ChangeStage): ChangeState {
  if (stage.state && !STOPPED.includes(stage.state)) {
    return stage.state;
  }
  if (stage.pullRequest?.state === 'open') {
    return 'proposed';
  }
  return stage.commit || stage.pullRequest?.state === 'merged'
    ? 'merged'
    : 'planned';
}

function reachedAt(
  change: Change,
  step: ChangeStep,
): Date | string | undefined {
  return step.status === 'done'
    ? change.timeline.find(entry => STATES[step.id].includes(entry.state))?.at
    : undefined;
}

/** When a step of a stage was reached: as the timeline says, else as its commit does. */
function timeOf(
  id: StepId,
  change: Change,
  index: number,
): Pick<ChangeStep, 'at'> {
  const at =
    change.timeline.find(
      entry => entry.stage === index && STATES[id].includes(entry.state),
    )?.at ??
    (id === 'merged' || id === 'committed'
      ? change.stages![index].commit?.date
      : undefined);
  return at ? { at } : {};
}
