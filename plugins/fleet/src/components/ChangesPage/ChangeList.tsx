import { Change } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import { nameOfRef } from '../../matrix/names';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeStateLabel, GitLink } from '../ChangePage';
import { RelativeTime, useFleetLinks } from '../common';
import styles from './ChangesPage.module.css';

/** Changes in the order given: what, in which state, who, when, and where it is in Git. */
export function ChangeList(props: { changes: Change[]; label: string }) {
  return (
    <div className={styles.container}>
      <ul className={styles.list} aria-label={props.label}>
        {props.changes.map(change => (
          <ChangeItem key={change.id} change={change} />
        ))}
      </ul>
    </div>
  );
}

function ChangeItem(props: { change: Change }) {
  const { change } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  return (
    <li className={styles.item}>
      <span className={styles.state}>
        <ChangeStateLabel change={change} />
      </span>
      <span className={styles.what}>
        <Link href={links.change(change.id)} weight="bold" standalone>
          {change.title}
        </Link>
        {change.reason && (
          <span className={classes(tokens.muted, styles.reason)}>
            {change.reason}
          </span>
        )}
      </span>
      <span className={classes(tokens.muted, styles.who)}>
        {change.requester &&
          t('changes.by', { requester: nameOfRef(change.requester) })}
      </span>
      <span className={classes(tokens.muted, styles.when)}>
        <RelativeTime time={change.createdAt} />
      </span>
      <span className={styles.git}>
        <GitLink change={change} />
      </span>
    </li>
  );
}
