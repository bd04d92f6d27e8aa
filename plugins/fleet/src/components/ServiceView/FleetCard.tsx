import { Skeleton } from '@backstage/ui';
import { useDeployments } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { rollUp } from '../../matrix/rollup';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CatalogCard, ErrorNote, RelativeTime, useFleetLinks } from '../common';
import { deploymentLines, versionCounts } from './deploymentRows';
import styles from './ServiceView.module.css';

/** How many versions the card names. */
const NAMED = 4;

/**
 * A service in short: its worst state, its versions, and on how many clusters it runs.
 *
 * @public
 */
export function FleetCard(props: { service: string }) {
  const { service } = props;
  return (
    <CatalogCard href={useFleetLinks().service(service)}>
      <Summary service={service} />
    </CatalogCard>
  );
}

function Summary(props: { service: string }) {
  const { service } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useDeployments(service);
  if (loading) {
    return (
      <Skeleton width="100%" height={72} aria-label={t('details.loading')} />
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
  const versions = versionCounts(lines);
  return (
    <dl className={styles.summary}>
      <dt>{t('service.worst')}</dt>
      <dd>
        <StateLabel state={summary.worst} filled />{' '}
        {summary.observedAt !== undefined && (
          <RelativeTime time={summary.observedAt} className={tokens.muted} />
        )}
      </dd>
      <dt>{t('service.where')}</dt>
      <dd>
        {t('service.deployedOn', {
          number: String(summary.deployed),
          count: summary.total,
        })}
      </dd>
      <dt>{t('service.versions')}</dt>
      <dd>
        <ul className={styles.versions}>
          {versions.slice(0, NAMED).map(({ version, count }) => (
            <li key={version ?? ''}>
              {t('service.versionOn', {
                version: version ?? t('service.noVersion'),
                number: String(count),
              })}
            </li>
          ))}
          {versions.length > NAMED && (
            <li>
              {t('details.more', {
                number: String(versions.length - NAMED),
              })}
            </li>
          )}
          {versions.length === 0 && <li>–</li>}
        </ul>
      </dd>
    </dl>
  );
}
