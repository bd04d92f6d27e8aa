import { Guard } from '@backstage-fleet/plugin-fleet-common';
import { Checkbox, TextField } from '@backstage/ui';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import styles from './Plan.module.css';

/** Guards that somebody wants to override, with the reason; it is empty while nothing is written yet. */
export type Overrides = Readonly<Record<string, string>>;

/** Guards that stop the change and are not overridden with a reason. */
export function stoppingGuards(guards: Guard[], overrides: Overrides): Guard[] {
  return guards.filter(
    guard => guard.level === 'stop' && !overrides[guard.id]?.trim(),
  );
}

/** The checks that found something: what stops the change, with a way to override it for those who may, then notes. */
export function GuardList(props: {
  guards: Guard[];
  overrides?: Overrides;
  /** Given where the person may override. */
  onOverride?: (overrides: Overrides) => void;
}) {
  const { guards, overrides = {}, onOverride } = props;
  const { t } = useFleetTranslation();
  const ordered = [...guards].sort(
    (a, b) => Number(a.level === 'warn') - Number(b.level === 'warn'),
  );
  return (
    <ul className={styles.list}>
      {ordered.map((guard, at) => (
        <li
          key={`${guard.id} ${at}`}
          data-level={guard.level}
          className={styles.guard}
        >
          <span className={guard.level === 'stop' ? styles.stop : styles.warn}>
            <strong>
              {t(guard.level === 'stop' ? 'plan.stop' : 'plan.warn')}:
            </strong>{' '}
            <Sentence text={guard.message} />
          </span>
          {guard.level === 'stop' &&
            !onOverride &&
            guard.overridePermission && (
              <p className={styles.hint}>
                <Sentence
                  text={t('plan.overrideBy', {
                    permission: `\`${guard.overridePermission}\``,
                  })}
                />
              </p>
            )}
          {guard.level === 'stop' && onOverride && (
            <GuardOverride
              guard={guard.id}
              overrides={overrides}
              onOverride={onOverride}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function GuardOverride(props: {
  guard: string;
  overrides: Overrides;
  onOverride: (overrides: Overrides) => void;
}) {
  const { guard, overrides, onOverride } = props;
  const { t } = useFleetTranslation();
  const reason = overrides[guard];
  const { [guard]: _, ...others } = overrides;
  return (
    <div className={styles.override}>
      <Checkbox
        isSelected={reason !== undefined}
        onChange={chosen =>
          onOverride(chosen ? { ...others, [guard]: '' } : others)
        }
      >
        {t('plan.override')}
      </Checkbox>
      {reason !== undefined && (
        <TextField
          isRequired
          label={t('plan.overrideReason')}
          description={t('plan.overrideHint')}
          value={reason}
          onChange={text => onOverride({ ...others, [guard]: text })}
        />
      )}
    </div>
  );
}
