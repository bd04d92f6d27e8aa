import { Skeleton } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useFleetMatrix } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, useDocumentTitle } from '../common';
import { BackendBanner, HubBanners } from '../HubStatus';
import styles from './FleetPage.module.css';
import { FleetView } from './FleetView';
import { NoFleet } from './NoFleet';

/**
 * The fleet: services down, clusters across.
 *
 * @public
 */
export function FleetPage() {
  const { t } = useFleetTranslation();
  useDocumentTitle(t('tabs.fleet'));
  const { matrix, error, answeredAt, changedAt, refresh } = useFleetMatrix();
  let content = (
    <div aria-busy="true" className={styles.loading}>
      <Skeleton width="60%" height={32} aria-label={t('details.loading')} />
      <Skeleton width="100%" height={360} />
    </div>
  );
  if (matrix && (!matrix.services.length || !matrix.clusters.length)) {
    content = <NoFleet matrix={matrix} />;
  } else if (matrix) {
    content = <FleetView matrix={matrix} changedAt={changedAt} />;
  } else if (error !== undefined) {
    content = (
      <ErrorNote title={t('matrix.failed')} error={error} onRetry={refresh} />
    );
  }
  return (
    <main className={classes(tokens.tokens, styles.page)}>
      {matrix && error !== undefined && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      {matrix && error === undefined && (
        <HubBanners hubs={matrix.hubs} clusters={matrix.clusters} />
      )}
      {content}
    </main>
  );
}
