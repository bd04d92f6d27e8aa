import { Skeleton } from '@backstage/ui';
import { useDeployments } from '../../live';
import { unconfirmed } from '../../live/unconfirmed';
import { rollUp } from '../../matrix/rollup';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote } from '../common';
import { errorSentence } from '../../api';
import { BackendBanner, HubBanners } from '../HubStatus';
import { useNarrow } from '../useNarrow';
import { DeploymentCards } from './DeploymentCards';
import { deploymentLines, worstFirst } from './deploymentRows';
import { DeploymentTable } from './DeploymentTable';
import styles from './ServiceView.module.css';
import { useLineActions } from './useLineActions';

/**
 * Where a service runs: one line for each cluster, with the way from Git to what runs, and why it is absent where it is.
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
  const narrow = useNarrow();
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
  return (
    <div className={classes(tokens.tokens, styles.view)}>
      <header className={styles.head}>
        {!withoutTitle && <h1 className={styles.title}>{label}</h1>}
        <StateLabel state={summary.worst} filled />
        <span className={tokens.muted}>
          {t('service.deployedOn', {
            number: String(summary.deployed),
            total: String(summary.total),
          })}
        </span>
      </header>
      {error !== undefined ? (
        <BackendBanner message={errorSentence(error)} answeredAt={answeredAt} />
      ) : (
        <HubBanners
          hubs={list.hubs}
          clusters={list.items.map(item => item.cluster)}
        />
      )}
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
      {actions.overlays}
    </div>
  );
}
