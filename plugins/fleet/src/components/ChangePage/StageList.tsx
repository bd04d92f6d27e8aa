import { Change, ChangeStage } from '@backstage-fleet/plugin-fleet-common';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { PlanView, StageClusters } from '../Plan';
import { CHANGE_LOOKS, hasEnded, stateWord } from './changeLooks';
import styles from './ChangePage.module.css';
import { StepDetails } from './ChangeProgress';
import { ChangeStep, stepsOfStage } from './changeSteps';
import { GitLinks } from './GitLinks';
import { StepList } from './StepList';
import { Followed } from './useFollowed';

/** The stages of a change in order, each with its state, its plan and where it is in Git; the one under way opened up. */
export function StageList(props: { change: Change; followed: Followed }) {
  const { change, followed } = props;
  const stages = change.stages ?? [];
  return (
    <ol className={styles.stages}>
      {stages.map((stage, index) => (
        <Stage
          key={`${index} ${stage.title}`}
          change={change}
          stage={stage}
          index={index}
          followed={followed}
        />
      ))}
    </ol>
  );
}

function Stage(props: {
  change: Change;
  stage: ChangeStage;
  index: number;
  followed: Followed;
}) {
  const { change, stage, index, followed } = props;
  const { t } = useFleetTranslation();
  const current = index === (change.stage ?? 0);
  const steps = stepsOfStage(change, index);
  const alive = current && !hasEnded(change);
  const plan = stage.plan ?? (current ? change.plan : undefined);
  const last = index === change.stages!.length - 1;
  const upgrading = change.intent.kind === 'cluster.upgrade';
  return (
    <li
      className={styles.stage}
      data-alive={alive || undefined}
      aria-current={alive ? 'step' : undefined}
    >
      <div className={styles.stageHead}>
        <span>
          <strong>
            {index + 1}. {stage.title}
          </strong>{' '}
          <StageClusters {...stage} />
        </span>
        <StageState change={change} steps={steps} current={current} />
      </div>
      <GitLinks part={stage} />
      {current && (
        <>
          <StepList
            steps={steps}
            label={stage.title}
            below={step => (
              <StepDetails
                step={step}
                part={{}}
                plan={plan ?? change.plan}
                followed={followed}
              />
            )}
          />
          {!last && (
            <p className={tokens.muted}>
              {t(
                `changePage.waitFor.${upgrading ? 'upgraded' : stage.waitFor}`,
              )}
            </p>
          )}
        </>
      )}
      {stage.plan && (
        <details className={styles.stagePlan}>
          <summary>
            {t('changePage.stagePlan')}{' '}
            <span className={tokens.muted}>
              {t('plan.counts', {
                creates: String(stage.plan.creates),
                changes: String(stage.plan.changes),
                deletes: String(stage.plan.deletes),
              })}
            </span>
          </summary>
          <PlanView plan={stage.plan} />
        </details>
      )}
    </li>
  );
}

/** The state of a stage: what it reached, or that it has not begun, or never will. */
function StageState(props: {
  change: Change;
  steps: ChangeStep[];
  current: boolean;
}) {
  const { change, steps, current } = props;
  const { t } = useFleetTranslation();
  if (current) {
    return (
      <StateLabel state={CHANGE_LOOKS[change.state]}>
        {t(`change.${stateWord(change)}`)}
      </StateLabel>
    );
  }
  if (steps.every(step => step.status === 'done')) {
    const last = steps[steps.length - 1];
    return (
      <StateLabel state="healthy">
        {t(`changePage.steps.${last.id}`)}
      </StateLabel>
    );
  }
  return (
    <StateLabel state="not-deployed">{t('changePage.notStarted')}</StateLabel>
  );
}
