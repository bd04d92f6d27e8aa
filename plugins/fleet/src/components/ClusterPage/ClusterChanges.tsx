import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { Skeleton } from '@backstage/ui';
import { useChanges } from '../../live';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clustersOfChange } from '../ChangePage';
import { ChangeList } from '../ChangesPage/ChangeList';
import { ErrorNote } from '../common';

/** How many changes are looked through; how many are shown. */
const LIMIT = 200;
const SHOWN = 10;

/** The newest changes that are about the cluster or touch it. */
export function ClusterChanges(props: { cluster: Cluster }) {
  const { cluster } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, reload } = useChanges({ limit: LIMIT });
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
  const mine = value.items
    .filter(change => clustersOfChange(change).includes(cluster.name))
    .slice(0, SHOWN);
  return mine.length > 0 ? (
    <ChangeList changes={mine} label={t('clusterPage.changes')} />
  ) : (
    <p className={tokens.muted}>{t('clusterPage.noChanges')}</p>
  );
}
