import {
  ClusterSummary,
  HubFreshness,
} from '@backstage-fleet/plugin-fleet-common';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { clockTime } from '../../live/age';
import { useAge } from '../../live/useAge';
import { CellState, timeOf } from '../../matrix/cellView';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from '../common';
import styles from './HubStatus.module.css';

type Trouble = 'stale' | 'unreachable' | 'unauthorized';

const ICONS: Record<Trouble, CellState> = {
  stale: 'stale',
  unreachable: 'unreachable',
  unauthorized: 'no-access',
};

/** For each hub that is not heard: since when, which clusters are affected, and what to do. */
export function HubBanners(props: {
  hubs: HubFreshness[];
  clusters: ClusterSummary[];
}) {
  const { hubs, clusters } = props;
  const live = clusters.filter(cluster =>
    hubs.some(hub => hub.id === cluster.hub && hub.status === 'live'),
  ).length;
  return (
    <>
      {hubs.map(hub =>
        hub.status === 'live' || hub.status === 'connecting' ? null : (
          <HubBanner
            key={hub.id}
            hub={hub}
            status={hub.status}
            clusters={clusters.filter(cluster => cluster.hub === hub.id)}
            live={live}
          />
        ),
      )}
    </>
  );
}

function HubBanner(props: {
  hub: HubFreshness;
  status: Trouble;
  clusters: ClusterSummary[];
  live: number;
}) {
  const { hub, status, clusters, live } = props;
  const { t } = useFleetTranslation();
  const observedAt = timeOf(hub.observedAt);
  const since = timeOf(hub.since);
  const age = useAge(observedAt);
  const regions = [
    ...new Set(clusters.map(cluster => cluster.region || cluster.name)),
  ];
  const where = regions.length > 0 ? regions.join(', ') : hub.title;
  const remedy = {
    unreachable: t('hub.doUnreachable'),
    stale: t('hub.doStale'),
    unauthorized: t('hub.doUnauthorized'),
  }[status];
  return (
    <Banner
      state={ICONS[status]}
      headline={t(`hub.${status}`, { hub: hub.title })}
      more={[
        observedAt !== undefined && age !== undefined
          ? t('hub.shows', { where, time: clockTime(observedAt), age })
          : t('hub.showsNothing', { where }),
        live > 0 && t('hub.others', { count: live }),
      ]}
      remedy={[
        since !== undefined && t('hub.since', { time: clockTime(since) }),
        hub.message,
        remedy,
      ]}
    />
  );
}

/** Says that the portal's own backend does not answer, so nothing on the page is confirmed. */
export function BackendBanner(props: {
  message: string;
  answeredAt: number | undefined;
}) {
  const { message, answeredAt } = props;
  const { t } = useFleetTranslation();
  const age = useAge(answeredAt);
  return (
    <Banner
      state="unreachable"
      headline={t('hub.backend')}
      more={[
        answeredAt !== undefined &&
          age !== undefined &&
          t('hub.backendShows', { time: clockTime(answeredAt), age }),
      ]}
      remedy={[message, t('hub.doBackend')]}
    />
  );
}

function Banner(props: {
  state: CellState;
  headline: string;
  more: Array<string | false>;
  remedy: Array<string | false | undefined>;
}) {
  const { state, headline, more, remedy } = props;
  const { t } = useFleetTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div role="status" className={classes(styles.banner, stateClass(state))}>
      <span className={styles.icon}>
        <StateIcon state={state} />
      </span>
      <div className={styles.text}>
        <strong>{headline}</strong> {more.filter(Boolean).join(' ')}
        {open && (
          <div className={styles.remedy}>
            <Sentence text={remedy.filter(Boolean).join(' ')} />
          </div>
        )}
      </div>
      <Button
        size="small"
        variant="tertiary"
        className={styles.whatToDo}
        aria-expanded={open}
        onPress={() => setOpen(!open)}
      >
        {t('hub.whatToDo')}
      </Button>
    </div>
  );
}
