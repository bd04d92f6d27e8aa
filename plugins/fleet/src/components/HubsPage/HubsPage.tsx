import { Alert } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useHubs } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, Sentence } from '../common';
import { BackendBanner } from '../HubStatus';
import { Page, PageSkeleton } from '../PageParts';
import { HubCard } from './HubCard';
import styles from './HubsPage.module.css';

/** The hubs: how far each can be trusted, what is wrong with it, and what to do. */
export function HubsPage() {
  const { t } = useFleetTranslation();
  const { value, error, loading, answeredAt, reload } = useHubs();
  if (loading) {
    return (
      <Page title={t('tabs.hubs')}>
        <PageSkeleton />
      </Page>
    );
  }
  if (!value) {
    return (
      <Page title={t('tabs.hubs')}>
        <ErrorNote title={t('hubs.failed')} error={error} onRetry={reload} />
      </Page>
    );
  }
  const confirmed = error === undefined;
  return (
    <Page title={t('tabs.hubs')}>
      {!confirmed && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      {value.items.length === 0 && (
        <Alert
          status="info"
          icon
          title={t('hubs.none')}
          description={<Sentence text={t('hubs.noneHint')} />}
        />
      )}
      <ul className={styles.hubs} aria-label={t('hubs.label')}>
        {value.items.map(hub => (
          <li key={hub.id}>
            <HubCard
              hub={hub}
              freshness={
                confirmed
                  ? hub.freshness
                  : unconfirmed([hub.freshness], answeredAt)[0]
              }
            />
          </li>
        ))}
      </ul>
    </Page>
  );
}
