import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { Link, Skeleton } from '@backstage/ui';
import { useChanges } from '../../live';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeList } from '../ChangesPage/ChangeList';
import { ErrorNote, useFleetLinks } from '../common';

/** How many changes are shown. */
const SHOWN = 10;

/** The newest changes that are about the cluster or touch it. */
export function ClusterChanges(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const { value, error, loading, reload } = useChanges({
    cluster: cluster.id,
    limit: SHOWN,
  });
  if (loading) {
    return (
      <Skeleton width="100%" height={48} aria-label={t('details.loading')} />
    );
  }
  if (!value) {
    return (
      <ErrorNote title={t('changes.failed')} error={error} onRetry={reload} />
    );
  }
  return value.items.length > 0 ? (
    <>
      <ChangeList changes={value.items} label={t('clusterPage.changes')} />
      {value.nextCursor && links.changes && (
        <Link
          href={`${links.changes}?cluster=${encodeURIComponent(cluster.id)}`}
          variant="body-small"
        >
          {t('clusterPage.allChanges')}
        </Link>
      )}
    </>
  ) : (
    <p className={tokens.muted}>{t('clusterPage.noChanges')}</p>
  );
}
