import { Change } from '@backstage-fleet/plugin-fleet-common';
import { Link } from '@backstage/ui';
import { useId } from 'react';
import { Loaded } from '../../live';
import { nameOfRef } from '../../matrix/names';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, RelativeTime, useFleetLinks } from '../common';
import styles from './ServiceView.module.css';

/** How many changes the side shows. */
const SHOWN = 8;

/** The last changes of a service, the newest first, each with the way to its page. */
export function ServiceHistory(props: {
  service: string;
  changes: Loaded<{ items: Change[] }>;
}) {
  const { value, error, reload } = props.changes;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const heading = useId();
  return (
    <aside className={styles.history} aria-labelledby={heading}>
      <h2 id={heading} className={styles.subtitle}>
        {t('history.title')}
      </h2>
      {!value && error !== undefined && (
        <ErrorNote title={t('history.failed')} error={error} onRetry={reload} />
      )}
      {value?.items.length === 0 && (
        <p className={tokens.muted}>{t('history.empty')}</p>
      )}
      <ol className={styles.changes}>
        {value?.items.slice(0, SHOWN).map(change => {
          const href = links.change(change.id);
          return (
            <li key={change.id}>
              {href ? (
                <Link href={href} variant="body-small">
                  {change.title}
                </Link>
              ) : (
                <span>{change.title}</span>
              )}
              <span className={classes(tokens.muted, styles.small)}>
                {[
                  t(`change.${change.state}`),
                  change.requester && nameOfRef(change.requester),
                ]
                  .filter(Boolean)
                  .join(' · ')}{' '}
                · <RelativeTime time={change.createdAt} />
              </span>
            </li>
          );
        })}
      </ol>
      {value && value.items.length > SHOWN && links.changes && (
        <Link
          href={`${links.changes}?service=${encodeURIComponent(props.service)}`}
          variant="body-small"
        >
          {t('history.all')}
        </Link>
      )}
    </aside>
  );
}
