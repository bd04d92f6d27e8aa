import { Skeleton } from '@backstage/ui';
import { useChanges, useDeployments } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { promotionLane } from '../../matrix/places';
import { rollUp } from '../../matrix/rollup';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { EntityLink, ErrorNote } from '../common';
import { errorSentence } from '../../api';
import { BackendBanner, HubBanners } from '../HubStatus';
import { useNarrow } from '../useNarrow';
import { DeploymentCards } from './DeploymentCards';
import {
  deploymentLines,
  placesOfLines,
  unsyncedClusters,
  worstFirst,
} from './deploymentRows';
import { DeploymentTable } from './DeploymentTable';
import { PromotionLane } from './PromotionLane';
import { ServiceActions } from './ServiceActions';
import { ServiceHistory } from './ServiceHistory';
import { knownVersions } from './serviceVersions';
import styles from './ServiceView.module.css';
import { useLineActions } from './useLineActions';

/** How many changes are asked for: some are shown, and all tell of versions that ran before. */
const HISTORY = 50;

/** Up to this width of the screen the table would hide its links and buttons, in pixels: cards say the same. */
const TABLE_FITS = 1000;

/**
 * A service: its way to production and what can be asked for it, where it runs with the way from Git to what runs, why
 * it is absent where it is, and what was changed last.
 *
 * @public
 */
export function ServiceView(props: {
  service: string;
  /** Leave the name out, where the page around it says it. */
  withoutTitle?: boolean;
}) {
  const { service, withoutTitle } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useDeployments(service);
  const changes = useChanges({ service, limit: HISTORY });
  const narrow = useNarrow(TABLE_FITS);
  const actions = useLineActions(service);
  if (loading) {
    return (
      <div className={styles.view} aria-busy="true">
        <Skeleton width="40%" height={24} aria-label={t('details.loading')} />
        <Skeleton width="100%" height={240} />
      </div>
    );
  }
  if (!value) {
    return (
      <ErrorNote
        title={t('service.failed', { service })}
        error={error}
        onRetry={reload}
      />
    );
  }
  const list =
    error === undefined
      ? value
      : { ...value, hubs: unconfirmed(value.hubs, answeredAt) };
  const lines = deploymentLines(list);
  const summary = rollUp(lines.map(line => line.view));
  const label = value.service.title || service;
  const { owner } = value.service;
  const places = placesOfLines(lines);
  const lane = promotionLane(places);
  return (
    <div className={classes(tokens.tokens, styles.view)}>
      <header className={styles.head}>
        {!withoutTitle && <h1 className={styles.title}>{label}</h1>}
        <StateLabel state={summary.worst} filled />
        <span className={tokens.muted}>
          {t('service.deployedOn', {
            number: String(summary.deployed),
            count: summary.total,
          })}
        </span>
        {owner && (
          <span className={tokens.muted}>
            {t('service.ownedBy')} <EntityLink entityRef={owner} />
          </span>
        )}
        {!withoutTitle && value.service.entityRef && (
          <EntityLink entityRef={value.service.entityRef}>
            {t('service.inCatalog')}
          </EntityLink>
        )}
        <ServiceActions
          service={service}
          places={places}
          unsynced={unsyncedClusters(lines)}
          versions={knownVersions(service, places, changes.value?.items ?? [])}
        />
      </header>
      {error !== undefined ? (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      ) : (
        <HubBanners
          hubs={list.hubs}
          clusters={list.items.map(item => item.cluster)}
        />
      )}
      {lane.length > 0 && <PromotionLane lane={lane} />}
      <div className={styles.columns}>
        {lines.length === 0 && <p>{t('service.empty')}</p>}
        {lines.length > 0 &&
          (narrow ? (
            <DeploymentCards
              lines={worstFirst(lines)}
              label={label}
              actions={actions}
            />
          ) : (
            <DeploymentTable lines={lines} label={label} actions={actions} />
          ))}
        <ServiceHistory service={service} changes={changes} />
      </div>
      {actions.overlays}
    </div>
  );
}
