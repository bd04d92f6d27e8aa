import type { Application, ApplicationSet } from '../../model/argocd';
import { compareBytes } from '../compareBytes';
import {
  errorConditions,
  parametersCondition,
  upToDateConditions,
} from './conditions';
import {
  AlreadyOwnedError,
  createApplication,
  updateApplication,
  type WriteContext,
} from './createOrUpdate';
import { findDestinationProblem } from './destination';
import { applicationSpec } from '../schema/application';
import { decode } from '../schema/decode';
import { IgnoreDifferences } from './ignoreDifferences';
import { isSameJson } from './mergePatch';
import { normalizeSpec } from './normalizeSpec';
import { Outcome } from './outcome';
import { isOwnedBy } from './ownership';
import { effectivePolicy } from './policy';
import { rolloutConditions } from './rollingSync/conditions';
import { findReleased, promoteWaiting } from './rollingSync/release';
import { updateStatuses } from './rollingSync/status';
import { planSteps } from './rollingSync/steps';
import { rollingSyncSteps, type RolloutStep } from './rollingSync/strategy';
import { disableAutomatedSync, withRollingSync } from './rollingSync/sync';
import type {
  ApplicationSetApplicationStatus,
  ApplicationSetCondition,
  ReconcileInput,
  ReconcileOptions,
  ReconcileOutcome,
} from './types';
import { validateApplications } from './validate';

/** One reconcile of a set that is not being deleted, in the controller's order of steps. */
export class ReconcileRun {
  private readonly applicationSet: ApplicationSet;
  private readonly options: ReconcileOptions;
  private readonly outcome: Outcome;
  private readonly owned: Application[];
  private readonly context: WriteContext;

  constructor(private readonly input: ReconcileInput) {
    const { applicationSet, existing, options = {} } = input;
    const { spec } = applicationSet;
    this.applicationSet = applicationSet;
    this.options = options;
    this.outcome = new Outcome(input);
    this.owned = existing
      .filter(item => isOwnedBy(item, applicationSet))
      .sort((a, b) => compareBytes(a.metadata.name, b.metadata.name));
    this.context = {
      applicationSet,
      preservedAnnotations: [
        ...(spec.preservedFields?.annotations ?? []),
        ...(options.preservedAnnotations ?? []),
      ],
      preservedLabels: [
        ...(spec.preservedFields?.labels ?? []),
        ...(options.preservedLabels ?? []),
      ],
      ignoreDifferences: new IgnoreDifferences(
        spec.ignoreApplicationDifferences ?? [],
      ),
    };
  }

  run(): ReconcileOutcome {
    const { evaluation, hub } = this.input;
    const { outcome } = this;
    if (evaluation.status === 'not-evaluable') {
      return outcome.notEvaluable(evaluation.message);
    }
    if (evaluation.status === 'error') {
      outcome.setConditions(
        errorConditions(evaluation.reason, evaluation.message, false),
      );
      return outcome.finish('error');
    }
    const generated = evaluation.applications.map(item => item.application);
    const problems = validateApplications(
      generated,
      this.applicationSet.metadata.name,
      hub,
    );
    const steps = this.options.progressiveSyncs
      ? rollingSyncSteps(this.applicationSet)
      : undefined;
    if (steps?.length === 0) {
      outcome.setConditions(
        errorConditions(
          'ApplicationSetRolloutError',
          'No steps defined for rollout',
          true,
        ),
      );
      return outcome.finish('error');
    }

    const previous = this.statusBefore();
    const released = steps ? this.progress(steps, generated) : undefined;
    if (!steps) {
      outcome.applicationStatus = [];
    }
    const reported = this.reportProblems(problems, previous.conditions);
    let valid = generated.filter(item => !problems.has(item.metadata.name));
    if (released) {
      valid = withRollingSync(
        valid,
        released,
        // The controller goes on with the status it read at first, unless it read the set anew to report a problem.
        reported ? outcome.applicationStatus : previous.applicationStatus,
      );
    }
    const error = this.write(valid);
    if (error) {
      return outcome.finish('error', { error });
    }
    this.remove(generated, problems);
    outcome.listsResources = true;
    if (problems.size === 0) {
      outcome.setConditions(upToDateConditions());
    }
    return outcome.finish('not-owned');
  }

  private statusBefore(): {
    conditions: ApplicationSetCondition[];
    applicationStatus: ApplicationSetApplicationStatus[];
  } {
    const { conditions, applicationStatus } = this.outcome;
    return { conditions, applicationStatus };
  }

  /** Moves the rollout on and says which Applications may sync. */
  private progress(
    steps: RolloutStep[],
    generated: Application[],
  ): Set<string> {
    const { outcome } = this;
    const { now } = this.options;
    const plan = planSteps(steps, generated);
    const wanted = new Map(generated.map(item => [item.metadata.name, item]));
    const statuses = updateStatuses(
      this.owned,
      outcome.applicationStatus,
      plan,
      live => this.isSpecChanged(live, wanted.get(live.metadata.name)),
      now,
    );
    const names = new Set(this.owned.map(item => item.metadata.name));
    const released = findReleased(plan, names, statuses);
    outcome.applicationStatus = promoteWaiting(
      steps,
      plan,
      released,
      statuses,
      now,
    );
    outcome.setConditions([
      parametersCondition(),
      ...rolloutConditions(
        steps.length,
        outcome.applicationStatus,
        plan.problems,
      ),
    ]);
    return released;
  }

  private isSpecChanged(
    live: Application,
    generated: Application | undefined,
  ): boolean {
    if (!generated) {
      return false;
    }
    const desired = disableAutomatedSync(generated);
    const [before, after] = this.context.ignoreDifferences.remove(
      {
        ...live,
        spec: normalizeSpec(decode(applicationSpec, live.spec, 'spec')),
      },
      { ...live, spec: normalizeSpec(desired.spec) },
    );
    return !isSameJson(before.spec, after.spec);
  }

  /** Notes invalid Applications; true where that changed the set's conditions. */
  private reportProblems(
    problems: Map<string, string>,
    conditionsBefore: ApplicationSetCondition[],
  ): boolean {
    if (problems.size === 0) {
      return false;
    }
    const names = [...problems.keys()].sort(compareBytes);
    const last = problems.get(names[names.length - 1])!;
    const message =
      names.length > 1 ? `${last} (and ${names.length - 1} more)` : last;
    const conditions = errorConditions(
      'ApplicationValidationError',
      message,
      true,
    );
    this.outcome.setConditions(conditions);
    return conditions.some(
      condition =>
        !conditionsBefore.some(
          other =>
            other.type === condition.type &&
            other.status === condition.status &&
            other.reason === condition.reason &&
            other.message === condition.message,
        ),
    );
  }

  /** Creates and updates; returns the error of the first Application that could not be written, after trying them all. */
  private write(valid: Application[]): string | undefined {
    const { allowsUpdate } = effectivePolicy(this.applicationSet, this.options);
    const errors: string[] = [];
    for (const application of [...valid].sort((a, b) =>
      compareBytes(a.metadata.name, b.metadata.name),
    )) {
      try {
        this.writeOne(application, allowsUpdate);
      } catch (error) {
        if (!(error instanceof AlreadyOwnedError)) {
          throw error;
        }
        errors.push(error.message);
      }
    }
    if (errors.length > 0) {
      this.outcome.setConditions(
        errorConditions(
          allowsUpdate ? 'UpdateApplicationError' : 'CreateApplicationError',
          errors[0],
          true,
        ),
      );
    }
    return errors[0];
  }

  private writeOne(generated: Application, allowsUpdate: boolean): void {
    const { outcome, context } = this;
    const live = this.input.existing.find(
      item => item.metadata.name === generated.metadata.name,
    );
    if (!live) {
      outcome.created.push(createApplication(generated, context));
      return;
    }
    const update = updateApplication(live, generated, context);
    if (!update) {
      outcome.unchanged.push(live);
    } else if (allowsUpdate || !isOwnedBy(live, this.applicationSet)) {
      outcome.updated.push(update);
    } else {
      outcome.leave(live, 'policy');
    }
  }

  /** Deletes what the set owns and no longer generates. */
  private remove(
    generated: Application[],
    problems: Map<string, string>,
  ): void {
    const { allowsDelete } = effectivePolicy(this.applicationSet, this.options);
    const names = new Set(generated.map(item => item.metadata.name));
    for (const application of this.owned) {
      const { name } = application.metadata;
      if (problems.has(name)) {
        this.outcome.leave(application, 'invalid');
      } else if (!names.has(name)) {
        if (allowsDelete) {
          this.outcome.deleted.push(this.deletion(application));
        } else {
          this.outcome.leave(application, 'policy');
        }
      }
    }
  }

  private deletion(application: Application) {
    const { finalizers = [] } = application.metadata;
    const kept = finalizers.filter(
      item => item !== 'resources-finalizer.argocd.argoproj.io',
    );
    const lost =
      kept.length < finalizers.length &&
      findDestinationProblem(
        application.spec.destination ?? {},
        this.input.hub.clusters,
      ) !== undefined;
    return {
      application,
      ...(lost && {
        patch: { metadata: { finalizers: kept.length > 0 ? kept : null } },
      }),
    };
  }
}
