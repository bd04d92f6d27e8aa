import { ReactNode } from 'react';
import {
  RiCheckLine,
  RiCloseLine,
  RiPauseLine,
  RiSubtractLine,
} from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { RelativeTime } from '../common';
import { ChangeStep, StepStatus } from './changeSteps';
import styles from './ChangePage.module.css';

const MARKS: Record<StepStatus, ReactNode> = {
  done: <RiCheckLine size={12} />,
  current: null,
  waiting: null,
  failed: <RiCloseLine size={12} />,
  stopped: <RiSubtractLine size={12} />,
};

/** A vertical timeline: each step with its mark, the one under way alive, and below it what it is waiting for. */
export function StepList(props: {
  steps: ChangeStep[];
  label: string;
  paused?: boolean;
  /** What is known below a step. */
  below?: (step: ChangeStep) => ReactNode;
}) {
  const { steps, label, paused, below } = props;
  const { t } = useFleetTranslation();
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map(step => {
        const held = paused && step.status === 'current';
        return (
          <li
            key={step.id}
            className={styles.step}
            data-status={held ? 'paused' : step.status}
            aria-current={step.status === 'current' ? 'step' : undefined}
          >
            <span className={styles.mark} aria-hidden="true">
              {held ? <RiPauseLine size={12} /> : MARKS[step.status]}
            </span>
            <div className={styles.stepText}>
              <div className={styles.stepHead}>
                <span className={styles.stepName}>
                  {t(`changePage.steps.${step.id}`)}
                </span>
                <VisuallyHidden>
                  {t(`changePage.status.${held ? 'paused' : step.status}`)}
                </VisuallyHidden>
                {step.at && (
                  <RelativeTime
                    time={step.at}
                    className={classes(tokens.muted, styles.stepTime)}
                  />
                )}
              </div>
              {step.status === 'current' && (
                <p className={tokens.muted}>
                  {t(`changePage.waiting.${step.id}`)}
                </p>
              )}
              {below?.(step)}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
