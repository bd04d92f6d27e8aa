import { ExplainedApplication } from '@backstage-fleet/plugin-fleet-common';
import { Skeleton } from '@backstage/ui';
import { useState } from 'react';
import { useExplain } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, Sentence } from '../common';
import styles from './CellPopover.module.css';

/** What makes Applications: from the outermost one that Argo CD reads down to the generator, each with its file. */
export function OriginPaths(props: { applications: ExplainedApplication[] }) {
  const { t } = useFleetTranslation();
  return (
    <>
      {props.applications.map(({ namespace, name, path, generator }) => (
        <ol
          key={`${namespace}/${name}`}
          aria-label={`${t('details.origin')}: ${name}`}
          className={styles.path}
        >
          {path.map((step, at) => (
            <li key={at}>
              <span className={tokens.muted}>
                {t(`details.originKinds.${step.kind}`)}
              </span>{' '}
              {step.name}
              <span className={classes(tokens.mono, styles.pathFile)}>
                {step.file}
              </span>
            </li>
          ))}
          <li>
            <span className={tokens.muted}>
              {t('details.originKinds.application')}
            </span>{' '}
            {name}
            {generator && (
              <span className={classes(tokens.mono, styles.pathFile)}>
                {generator}
              </span>
            )}
          </li>
        </ol>
      ))}
    </>
  );
}

/** The same for a service on a cluster, asked for when somebody opens it. */
export function Origin(props: { service: string; cluster: string }) {
  const { t } = useFleetTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details
      className={styles.disclosure}
      onToggle={event => setOpen(event.currentTarget.open)}
    >
      <summary>{t('details.origin')}</summary>
      {open && <Explained {...props} />}
    </details>
  );
}

function Explained(props: { service: string; cluster: string }) {
  const { t } = useFleetTranslation();
  const { value, error, loading, reload } = useExplain(
    props.service,
    props.cluster,
  );
  if (loading) {
    return (
      <Skeleton width="80%" height={16} aria-label={t('explain.computing')} />
    );
  }
  if (!value) {
    return (
      <ErrorNote
        title={t('details.originFailed')}
        error={error}
        onRetry={reload}
      />
    );
  }
  return value.applications && value.applications.length > 0 ? (
    <OriginPaths applications={value.applications} />
  ) : (
    <p>
      <Sentence
        text={
          value.verdict === 'deployed'
            ? t('details.originUnknown')
            : value.sentence
        }
      />
    </p>
  );
}
