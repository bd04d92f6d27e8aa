import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useLoaded } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote } from '../common';
import { BackendBanner } from '../HubStatus';
import { Page, PageSkeleton } from '../PageParts';
import parts from '../PageParts/PageParts.module.css';
import { ChangeFilters } from './ChangeFilters';
import { ChangeList } from './ChangeList';
import styles from './ChangesPage.module.css';
import {
  isNarrowed,
  NO_CHANGE_FILTER,
  queryOf,
  useChangeFilter,
} from './useChangeFilter';
import { useChangePages } from './useChangePages';

/** All changes, the newest first, page by page; narrowed by what is in the address. */
export function ChangesPage() {
  const { t } = useFleetTranslation();
  const [filter, change] = useChangeFilter();
  const identity = useApi(identityApiRef);
  const me = useLoaded('identity', () => identity.getBackstageIdentity());
  const { value, error, outdated, answeredAt, more, reload } = useChangePages(
    queryOf(filter, me.value?.userEntityRef),
  );
  const items = value?.items ?? [];
  const total = value?.total ?? items.length;
  return (
    <Page title={t('tabs.changes')}>
      {value && error !== undefined && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      <ChangeFilters filter={filter} onChange={change} />
      {!value && error === undefined && <PageSkeleton />}
      {!value && error !== undefined && (
        <ErrorNote title={t('changes.failed')} error={error} onRetry={reload} />
      )}
      {value && items.length === 0 && !isNarrowed(filter) && (
        <Alert
          status="info"
          icon
          title={t('changes.none')}
          description={t('changes.noneHint')}
        />
      )}
      {value && items.length === 0 && isNarrowed(filter) && (
        <div className={parts.nothing}>
          <span>{t('changes.nothingMatches')}</span>
          <Button
            size="small"
            variant="secondary"
            onPress={() => change(NO_CHANGE_FILTER)}
          >
            {t('changes.showAll')}
          </Button>
        </div>
      )}
      {items.length > 0 && (
        <div
          aria-busy={outdated}
          className={classes(outdated && styles.outdated)}
        >
          <ChangeList changes={items} label={t('changes.label')} />
        </div>
      )}
      {more && (
        <p className={styles.more}>
          <span className={tokens.muted}>
            {t('changes.shown', {
              number: String(items.length),
              total: String(total),
            })}
          </span>
          <Button size="small" variant="secondary" onPress={more}>
            {t('changes.more')}
          </Button>
        </p>
      )}
    </Page>
  );
}
