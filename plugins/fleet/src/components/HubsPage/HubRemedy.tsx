import { HubFreshness, HubKind } from '@backstage-fleet/plugin-fleet-common';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import { RelativeTime, Sentence } from '../common';
import styles from './HubsPage.module.css';
import { STATUS_LOOKS } from './looks';
import { remedyOf } from './missingRule';

/** What is wrong with a hub in words and what to do; nothing while it is live. */
export function HubRemedy(props: {
  freshness: HubFreshness;
  kinds: HubKind[];
}) {
  const { freshness, kinds } = props;
  const { t } = useFleetTranslation();
  const { status } = freshness;
  const messages = [
    ...new Set(
      [freshness.message, ...kinds.map(kind => kind.message)].filter(
        (message): message is string => Boolean(message),
      ),
    ),
  ];
  const general =
    status === 'live' || status === 'connecting'
      ? undefined
      : {
          unreachable: t('hub.doUnreachable'),
          stale: t('hub.doStale'),
          unauthorized: t('hub.doUnauthorized'),
        }[status];
  if (messages.length === 0 && !general) {
    return null;
  }
  const state = STATUS_LOOKS[status === 'live' ? worstOf(kinds) : status];
  return (
    <div role="status" className={classes(styles.remedy, stateClass(state))}>
      <span className={styles.icon}>
        <StateIcon state={state} />
      </span>
      <div className={styles.messages}>
        {freshness.since && status !== 'live' && (
          <p>
            <span className={styles.word}>{t(`hub.status.${status}`)}</span>{' '}
            <RelativeTime time={freshness.since} form="for" />
          </p>
        )}
        {messages.map(message => (
          <Message key={message} message={message} />
        ))}
        {messages.length === 0 && general && (
          <p>
            <Sentence text={general} />
          </p>
        )}
      </div>
    </div>
  );
}

function Message(props: { message: string }) {
  const { sentence, rule } = remedyOf(props.message);
  return (
    <div>
      <p>
        <Sentence text={sentence} />
      </p>
      {rule && <Rule rule={rule} />}
    </div>
  );
}

function Rule(props: { rule: string }) {
  const { rule } = props;
  const { t } = useFleetTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(rule);
    setCopied(true);
  };
  return (
    <div role="group" aria-label={t('hubs.rule')} className={styles.rule}>
      <code>{rule}</code>
      {navigator.clipboard && (
        <Button size="small" variant="secondary" onPress={copy}>
          {t(copied ? 'hubs.copied' : 'hubs.copy')}
        </Button>
      )}
    </div>
  );
}

function worstOf(kinds: HubKind[]): HubFreshness['status'] {
  const order = ['unauthorized', 'unreachable', 'stale'] as const;
  return (
    order.find(status => kinds.some(kind => kind.status === status)) ??
    'connecting'
  );
}
