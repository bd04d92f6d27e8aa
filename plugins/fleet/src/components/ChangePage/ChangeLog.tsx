import { Change, TimelineEntry } from '@backstage-fleet/plugin-fleet-common';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink, RelativeTime, Sentence } from '../common';
import styles from './ChangePage.module.css';

/** What happened to a change, the newest first; by stage where it has several. */
export function ChangeLog(props: { change: Change }) {
  const { timeline, stages } = props.change;
  const { t } = useFleetTranslation();
  return (
    <>
      {byStage(timeline).map(({ stage, entries }, at) => {
        const title =
          stage !== undefined && stages?.[stage]
            ? `${stage + 1}. ${stages[stage].title}`
            : undefined;
        return (
          <section key={`${at} ${stage}`} aria-label={title}>
            {title && <h3 className={styles.logStage}>{title}</h3>}
            <ol
              className={styles.log}
              aria-label={title ?? t('changePage.log')}
            >
              {entries.map((entry, index) => (
                <li key={entries.length - index}>
                  <span>
                    <Sentence text={entry.message} />{' '}
                    {entry.url && (
                      <ExternalLink href={entry.url}>
                        {t('changePage.inGit')}
                      </ExternalLink>
                    )}
                  </span>
                  <RelativeTime time={entry.at} className={tokens.muted} />
                </li>
              ))}
            </ol>
          </section>
        );
      })}
    </>
  );
}

/** Runs of entries of one stage, the newest first: what stays in order is read as it happened. */
export function byStage(
  timeline: TimelineEntry[],
): Array<{ stage: number | undefined; entries: TimelineEntry[] }> {
  const runs: Array<{ stage: number | undefined; entries: TimelineEntry[] }> =
    [];
  for (const entry of [...timeline].reverse()) {
    const last = runs[runs.length - 1];
    if (last && last.stage === entry.stage) {
      last.entries.push(entry);
    } else {
      runs.push({ stage: entry.stage, entries: [entry] });
    }
  }
  return runs;
}
