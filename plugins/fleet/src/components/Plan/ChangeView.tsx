import { Change } from '@backstage-fleet/plugin-fleet-common';
import { useChange } from '../../live';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CHANGE_LOOKS, stateWord } from '../ChangePage/changeLooks';
import { ExternalLink, RelativeTime, Sentence } from '../common';
import styles from './Plan.module.css';

/**
 * A change and what became of it, followed until its end.
 *
 * @public
 */
export function ChangeView(props: { change: Change }) {
  const { t } = useFleetTranslation();
  const written = props.change.commit || props.change.pullRequest;
  const followed = useChange(written ? props.change.id : undefined);
  const change = followed.value ?? props.change;
  return (
    <div className={classes(tokens.tokens, styles.plan)}>
      <p className={styles.changeHead}>
        <StateLabel state={CHANGE_LOOKS[change.state]} filled>
          {t(`change.${stateWord(change)}`)}
        </StateLabel>
        <span>{change.title}</span>
      </p>
      {change.adopted && <p>{t('change.adopted')}</p>}
      {change.error && (
        <p className={styles.stop}>
          <Sentence text={change.error} />
        </p>
      )}
      {!written && <p>{t('change.notWritten')}</p>}
      <ChangeLinks change={change} />
      {change.timeline.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t('change.timeline')}</h3>
          <ol className={styles.timeline}>
            {change.timeline.map((entry, at) => (
              <li key={at}>
                <span>
                  <Sentence text={entry.message} />
                </span>
                <RelativeTime time={entry.at} className={tokens.muted} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function ChangeLinks(props: { change: Change }) {
  const { pullRequest, commit } = props.change;
  const { t } = useFleetTranslation();
  return (
    <div className={styles.links}>
      {pullRequest && (
        <ExternalLink href={pullRequest.url}>
          {t('change.pullRequest', { number: String(pullRequest.number) })}
        </ExternalLink>
      )}
      {commit &&
        (commit.url ? (
          <ExternalLink href={commit.url}>
            {t('change.commit', { sha: commit.sha.slice(0, 7) })}
          </ExternalLink>
        ) : (
          <span>{t('change.commit', { sha: commit.sha.slice(0, 7) })}</span>
        ))}
    </div>
  );
}
