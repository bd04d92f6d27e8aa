import { Box } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import { LaneStop } from '../../matrix/places';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { RelativeTime } from '../common';
import styles from './ServiceView.module.css';

/** The way to production: each environment with its version, since when, and what waits for it. */
export function PromotionLane(props: { lane: LaneStop[] }) {
  const { t } = useFleetTranslation();
  return (
    <ol className={styles.lane} aria-label={t('lane.label')}>
      {props.lane.map((stop, at) => (
        <Box
          as="li"
          bg="neutral"
          key={stop.environment}
          className={styles.stop}
        >
          {at > 0 && (
            <RiArrowRightLine
              size={16}
              aria-hidden="true"
              className={styles.stopArrow}
            />
          )}
          <div className={styles.cardLine}>
            <span className={styles.stopName}>{stop.environment}</span>
            <StateLabel state={stop.summary.worst} />
          </div>
          <StopVersions stop={stop} />
          <span className={classes(tokens.muted, styles.small)}>
            {t('service.deployedOn', {
              number: String(stop.deployed.length),
              count: stop.summary.total,
            })}{' '}
            <RelativeTime time={stop.since} form="for" />
          </span>
          {stop.waiting && (
            <span className={styles.waiting}>
              {t('lane.waits', {
                version: stop.waiting.version,
                from: stop.waiting.from,
              })}
              {stop.waiting.behind > 0 &&
                `, ${t('lane.behind', { count: stop.waiting.behind })}`}
            </span>
          )}
        </Box>
      ))}
    </ol>
  );
}

function StopVersions(props: { stop: LaneStop }) {
  const { versions } = props.stop;
  const { t } = useFleetTranslation();
  if (versions.length === 0) {
    return <span className={styles.stopVersion}>–</span>;
  }
  return (
    <span className={styles.stopVersion}>
      {versions.map(({ version, count }) => (
        <span key={version}>
          {version}
          {versions.length > 1 && (
            <span className={styles.small}>
              {' '}
              {t('lane.on', { number: String(count) })}
            </span>
          )}
        </span>
      ))}
    </span>
  );
}
