import { ChangeState } from '@backstage-fleet/plugin-fleet-common';
import { Alert, Button } from '@backstage/ui';
import { useSearchParams } from 'react-router-dom';
import { errorSentence } from '../../api';
import { useChanges } from '../../live';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CHANGE_STATES } from '../ChangePage';
import { ErrorNote } from '../common';
import { FilterMenu } from '../FleetPage/FilterMenu';
import { BackendBanner } from '../HubStatus';
import { Page, PageSkeleton } from '../PageParts';
import parts from '../PageParts/PageParts.module.css';
import { ChangeList } from './ChangeList';
import { ServiceSelect } from './ServiceSelect';

/** How many changes the page asks for, the most that the backend gives. */
const LIMIT = 200;

/** All changes, the newest first; by service and by state. What is chosen is in the address. */
export function ChangesPage() {
  const { t } = useFleetTranslation();
  const [parameters, setParameters] = useSearchParams();
  const service = parameters.get('service') ?? undefined;
  const states = parameters
    .getAll('state')
    .filter((state): state is ChangeState =>
      (CHANGE_STATES as string[]).includes(state),
    );
  const { value, error, loading, answeredAt, reload } = useChanges({
    service,
    limit: LIMIT,
  });

  const choose = (chosen: { service?: string; states?: ChangeState[] }) =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        if ('service' in chosen) {
          next.delete('service');
          if (chosen.service) {
            next.set('service', chosen.service);
          }
        }
        if (chosen.states) {
          next.delete('state');
          chosen.states.forEach(state => next.append('state', state));
        }
        return next;
      },
      { replace: true },
    );

  const shown = (value?.items ?? []).filter(
    change => states.length === 0 || states.includes(change.state),
  );
  const filtered = service !== undefined || states.length > 0;
  return (
    <Page>
      {value && error !== undefined && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      <div
        role="search"
        aria-label={t('filter.label')}
        className={parts.filters}
      >
        <ServiceSelect
          service={service}
          onChange={chosen => choose({ service: chosen })}
        />
        <FilterMenu
          name={t('changes.state')}
          options={CHANGE_STATES.filter(
            state => state !== 'unchanged' && state !== 'planned',
          ).map(state => ({ value: state, label: t(`change.${state}`) }))}
          chosen={states}
          onChange={chosen => choose({ states: chosen })}
        />
      </div>
      {loading && <PageSkeleton />}
      {!value && error !== undefined && (
        <ErrorNote title={t('changes.failed')} error={error} onRetry={reload} />
      )}
      {value && shown.length === 0 && !filtered && (
        <Alert
          status="info"
          icon
          title={t('changes.none')}
          description={t('changes.noneHint')}
        />
      )}
      {value && shown.length === 0 && filtered && (
        <div className={parts.nothing}>
          <span>{t('changes.nothingMatches')}</span>
          <Button
            size="small"
            variant="secondary"
            onPress={() => choose({ service: undefined, states: [] })}
          >
            {t('changes.showAll')}
          </Button>
        </div>
      )}
      {shown.length > 0 && (
        <ChangeList changes={shown} label={t('changes.label')} />
      )}
      {value && value.items.length >= LIMIT && (
        <p className={tokens.muted}>
          {t('changes.newest', { number: String(value.items.length) })}
        </p>
      )}
    </Page>
  );
}
