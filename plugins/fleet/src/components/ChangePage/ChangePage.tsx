import { Change } from '@backstage-fleet/plugin-fleet-common';
import { Alert } from '@backstage/ui';
import { useRef } from 'react';
import { errorSentence } from '../../api';
import { useChange } from '../../live';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, Sentence, useFleetLinks } from '../common';
import { BackendBanner } from '../HubStatus';
import { BackLink, Page, PageSkeleton, Section } from '../PageParts';
import parts from '../PageParts/PageParts.module.css';
import { PlanView } from '../Plan';
import { ChangeActions } from './ChangeActions';
import { ChangeFacts } from './ChangeFacts';
import styles from './ChangePage.module.css';
import { ChangeLog } from './ChangeLog';
import { ChangeProgress } from './ChangeProgress';
import { ChangeStateLabel } from './ChangeStateLabel';
import { StageList } from './StageList';
import { useFollowed } from './useFollowed';

/** One change from Git to the clusters, kept current: where it stands, what it does, and what happened. */
export function ChangePage(props: { id: string }) {
  const { id } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const { value, error, answeredAt, reload } = useChange(id);
  let content = <PageSkeleton />;
  if (value) {
    content = <ChangeContent change={value} onChanged={reload} />;
  } else if (error !== undefined) {
    content = (
      <ErrorNote
        title={t('changePage.failed', { id })}
        error={error}
        onRetry={reload}
      />
    );
  }
  return (
    <Page title={value?.title ?? t('tabs.changes')}>
      <BackLink href={links.changes}>{t('changes.all')}</BackLink>
      {value && error !== undefined && (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      )}
      {content}
    </Page>
  );
}

function ChangeContent(props: { change: Change; onChanged: () => void }) {
  const { change, onChanged } = props;
  const { t } = useFleetTranslation();
  const followed = useFollowed(change);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <header className={parts.head}>
        <h1 ref={heading} tabIndex={-1} className={parts.title}>
          {change.title}
        </h1>
        <span aria-live="polite">
          <ChangeStateLabel change={change} />
        </span>
        <ChangeActions change={change} heir={heading} onChanged={onChanged} />
      </header>
      <Notes change={change} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Section
            title={t(
              change.stages ? 'changePage.stages' : 'changePage.progress',
            )}
          >
            {change.stages ? (
              <StageList change={change} followed={followed} />
            ) : (
              <ChangeProgress change={change} followed={followed} />
            )}
          </Section>
          <Section title={t('changePage.facts')}>
            <ChangeFacts change={change} />
          </Section>
          {change.timeline.length > 0 && (
            <Section title={t('changePage.log')}>
              <ChangeLog change={change} />
            </Section>
          )}
        </div>
        <Section title={t('changePage.plan')} className={styles.column}>
          <PlanView plan={change.plan} />
        </Section>
      </div>
    </>
  );
}

/** What somebody must know before anything else: that it ended early, or does more than was asked for. */
function Notes(props: { change: Change }) {
  const { state, error, grown, timeline, paused, stages, stage } = props.change;
  const { t } = useFleetTranslation();
  const next = stages?.[(stage ?? 0) + 1];
  const reason = error ?? timeline[timeline.length - 1]?.message;
  return (
    <>
      {(state === 'failed' ||
        state === 'stopped' ||
        state === 'superseded') && (
        <Alert
          role="status"
          icon
          status={state === 'failed' ? 'danger' : 'info'}
          title={t(`changePage.ended.${state}`)}
          description={reason && <Sentence text={reason} />}
        />
      )}
      {grown && (
        <Alert
          role="status"
          icon
          status="warning"
          title={t('changePage.grown')}
          description={<Sentence text={grown} />}
        />
      )}
      {paused && state !== 'failed' && state !== 'stopped' && (
        <Alert
          role="status"
          icon
          status="info"
          title={
            next
              ? t('changePage.paused', { stage: next.title })
              : t('changePage.pausedLast')
          }
        />
      )}
    </>
  );
}
