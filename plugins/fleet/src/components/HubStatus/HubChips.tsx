import { HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { exactTime } from '../../live/age';
import { useAge } from '../../live/useAge';
import { CellState, timeOf } from '../../matrix/cellView';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './HubStatus.module.css';

const ICONS: Record<HubFreshness['status'], CellState> = {
  live: 'healthy',
  connecting: 'progressing',
  stale: 'stale',
  unreachable: 'unreachable',
  unauthorized: 'no-access',
};

/** The freshness of every hub: when it was last heard, or what is wrong. */
export function HubChips(props: { hubs: HubFreshness[] }) {
  return (
    <ul className={classes(tokens.tokens, styles.chips)}>
      {props.hubs.map(hub => (
        <HubChip key={hub.id} hub={hub} />
      ))}
    </ul>
  );
}

function HubChip(props: { hub: HubFreshness }) {
  const { hub } = props;
  const { t } = useFleetTranslation();
  const observedAt = timeOf(hub.observedAt);
  const age = useAge(observedAt);
  const status = t(`hub.status.${hub.status}`);
  const icon = ICONS[hub.status];
  const label =
    age === undefined
      ? t('hub.chipNever', { hub: hub.title, status })
      : t('hub.chip', { hub: hub.title, status, age });
  const tooltip = [
    hub.message,
    observedAt !== undefined && exactTime(observedAt),
  ]
    .filter(Boolean)
    .join('\n');
  return (
    <li
      className={classes(styles.chip, stateClass(icon))}
      data-status={hub.status}
      title={tooltip || undefined}
      aria-label={label}
    >
      <span className={styles.icon}>
        <StateIcon state={icon} />
      </span>
      <span className={styles.name}>{hub.title}</span>
      {hub.status !== 'live' && <span>· {status}</span>}
      {age !== undefined && (
        <span className={classes(tokens.muted, styles.age)}>
          · {hub.status === 'live' ? t('hub.ago', { age }) : age}
        </span>
      )}
    </li>
  );
}
