import { Radio, RadioGroup, TextField } from '@backstage/ui';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Plan.module.css';

/** How a change is written. */
export type WriteMode = 'commit' | 'pull-request';

/** Asks how to write a change, and why it is made. */
export function ModeFields(props: {
  mode: WriteMode;
  /** "Commit to main". */
  commitTo: string;
  reason: string;
  onMode: (mode: WriteMode) => void;
  onReason: (reason: string) => void;
}) {
  const { mode, commitTo, reason, onMode, onReason } = props;
  const { t } = useFleetTranslation();
  return (
    <div className={styles.form}>
      <div>
        <RadioGroup
          label={t('plan.mode')}
          orientation="horizontal"
          value={mode}
          onChange={value => onMode(value as WriteMode)}
        >
          <Radio value="pull-request">{t('plan.pullRequest')}</Radio>
          <Radio value="commit">{commitTo}</Radio>
        </RadioGroup>
        <p className={styles.hint}>
          {t(mode === 'commit' ? 'plan.commitHint' : 'plan.pullRequestHint')}
        </p>
      </div>
      <TextField
        label={t('plan.reason')}
        description={t('plan.reasonHint')}
        value={reason}
        onChange={onReason}
      />
    </div>
  );
}
