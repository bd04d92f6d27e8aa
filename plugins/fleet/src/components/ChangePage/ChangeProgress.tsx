import { Change, Plan } from '@backstage-fleet/plugin-fleet-common';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import { PhaseLabel } from '../ClustersPage/PhaseLabel';
import { ApplicationStates } from './ApplicationStates';
import styles from './ChangePage.module.css';
import { ChangeStep, stepsOfChange } from './changeSteps';
import { GitLinks } from './GitLinks';
import { StepList } from './StepList';
import { Followed } from './useFollowed';

/** The way of a change that takes one commit or pull request. */
export function ChangeProgress(props: { change: Change; followed: Followed }) {
  const { change, followed } = props;
  const { t } = useFleetTranslation();
  return (
    <StepList
      steps={stepsOfChange(change)}
      label={t('changePage.progress')}
      below={step => (
        <StepDetails
          step={step}
          part={change}
          plan={change.plan}
          followed={followed}
        />
      )}
    />
  );
}

/** What is known below a step: its pull request or commit, the cluster's phase, or its Applications. */
export function StepDetails(props: {
  step: ChangeStep;
  part: Pick<Change, 'pullRequest' | 'commit'>;
  plan: Plan;
  followed: Followed;
}) {
  const { step, part, plan, followed } = props;
  switch (step.id) {
    case 'proposed':
      return <GitLinks part={{ pullRequest: part.pullRequest }} />;
    case 'merged':
    case 'committed':
      return step.status === 'done' ? (
        <GitLinks part={{ commit: part.commit }} />
      ) : null;
    case 'provisioning':
      return step.status === 'current' ? <Claim followed={followed} /> : null;
    case 'synced':
    case 'healthy':
    case 'removed':
      return step.status === 'current' || step.status === 'failed' ? (
        <ApplicationStates
          applications={plan.applications}
          step={step.id}
          followed={followed}
        />
      ) : null;
    default:
      return null;
  }
}

function Claim(props: { followed: Followed }) {
  const { cluster } = props.followed;
  const { t } = useFleetTranslation();
  if (!cluster?.claim) {
    return null;
  }
  const { sentence, progress } = cluster.claim;
  return (
    <div className={styles.below}>
      <PhaseLabel cluster={cluster} />
      <p>
        <Sentence text={sentence} />
      </p>
      {progress && (
        <p>
          {t('changePage.progressOf', {
            done: String(progress.done),
            total: String(progress.total),
            of: t(`changePage.${progress.of}`),
          })}
        </p>
      )}
    </div>
  );
}
