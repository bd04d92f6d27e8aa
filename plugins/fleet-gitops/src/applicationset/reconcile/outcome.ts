import type { Application } from '../../model/argocd';
import { compareBytes } from '../compareBytes';
import { setConditions } from './conditions';
import { isOwnedBy } from './ownership';
import { rollingSyncSteps } from './rollingSync/strategy';
import { describeResources, healthOf } from './setStatus';
import type {
  ApplicationSetApplicationStatus,
  ApplicationSetCondition,
  DeletedApplication,
  LeftReason,
  ReconcileInput,
  ReconcileOutcome,
  UpdatedApplication,
} from './types';

type NewCondition = Omit<ApplicationSetCondition, 'lastTransitionTime'>;

/** Collects what a reconcile does; every existing Application is given one fate at most. */
export class Outcome {
  readonly created: Application[] = [];
  readonly updated: UpdatedApplication[] = [];
  readonly unchanged: Application[] = [];
  readonly deleted: DeletedApplication[] = [];
  readonly left: ReconcileOutcome['left'] = [];
  conditions: ApplicationSetCondition[];
  applicationStatus: ApplicationSetApplicationStatus[];
  /** Whether the Applications were looked at, so that the set's list of them is renewed. */
  listsResources = false;
  private readonly rollingSync: boolean;

  constructor(private readonly input: ReconcileInput) {
    const { applicationSet } = input;
    this.conditions = applicationSet.status?.conditions ?? [];
    this.applicationStatus = applicationSet.status?.applicationStatus ?? [];
    this.rollingSync = rollingSyncSteps(applicationSet) !== undefined;
  }

  setConditions(evaluated: NewCondition[]): void {
    this.conditions = setConditions(
      this.conditions,
      evaluated,
      this.rollingSync,
      this.input.options?.now,
    );
  }

  leave(application: Application, reason: LeftReason): void {
    this.left.push({ application, reason });
  }

  /** The outcome; Applications that nothing was decided for are left for `reason`. */
  finish(
    reason: LeftReason,
    result: { error?: string; released?: boolean } = {},
  ): ReconcileOutcome {
    const decided = new Set(
      [
        ...this.updated.map(item => item.application),
        ...this.unchanged,
        ...this.deleted.map(item => item.application),
        ...this.left.map(item => item.application),
      ].map(application => application.metadata.name),
    );
    const left = [
      ...this.left,
      ...this.input.existing
        .filter(application => !decided.has(application.metadata.name))
        .map(application => ({ application, reason })),
    ];
    const applications = [
      ...this.created,
      ...this.updated.map(item => item.application),
      ...this.unchanged,
      ...left.map(item => item.application),
    ].sort((a, b) => compareBytes(a.metadata.name, b.metadata.name));
    const { applicationSet } = this.input;
    return {
      created: this.created,
      updated: this.updated,
      unchanged: this.unchanged,
      deleted: this.deleted,
      left,
      applications,
      conditions: this.conditions,
      applicationStatus: this.applicationStatus,
      resources: this.listsResources
        ? describeResources(
            applications.filter(item => isOwnedBy(item, applicationSet)),
          )
        : applicationSet.status?.resources ?? [],
      health: healthOf(this.conditions),
      ...result,
    };
  }

  /** Nothing is done, because nobody but the hub could say what. */
  notEvaluable(message: string): ReconcileOutcome {
    return {
      ...new Outcome(this.input).finish('error'),
      notEvaluable: message,
    };
  }
}
