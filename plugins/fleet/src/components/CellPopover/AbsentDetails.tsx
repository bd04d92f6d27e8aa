import {
  Check,
  ClusterSummary,
  Explanation,
  HubFreshness,
  Plan,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, Skeleton } from '@backstage/ui';
import { useExplain } from '../../live';
import { StateLabel } from '../../states';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ErrorNote, ExternalLink, Sentence } from '../common';
import { DiffView } from '../Plan';
import styles from './CellPopover.module.css';
import { OpenPages } from './OpenPages';
import { OriginPaths } from './OriginPaths';

/** Why a service is not on a cluster, and the edit that would put it there. */
export function AbsentDetails(props: {
  service: string;
  cluster: ClusterSummary;
  hub: HubFreshness | undefined;
  onEnable: (explanation: Explanation) => void;
}) {
  const { service, cluster, hub, onEnable } = props;
  const { t } = useFleetTranslation();
  const { value, error, loading, reload } = useExplain(service, cluster.id);
  if (loading) {
    return (
      <section className={styles.part} aria-busy="true">
        <Skeleton
          width="100%"
          height={16}
          aria-label={t('explain.computing')}
        />
        <Skeleton width="70%" height={16} />
      </section>
    );
  }
  if (!value) {
    return (
      <section className={styles.part}>
        <ErrorNote title={t('explain.failed')} error={error} onRetry={reload} />
      </section>
    );
  }
  return (
    <>
      <section className={styles.part}>
        {value.verdict === 'not-evaluable' && (
          <p>
            <StateLabel state="not-evaluable" filled />
          </p>
        )}
        <p>
          <Sentence text={value.sentence} />
        </p>
      </section>
      {value.checks.length > 0 && <Checks checks={value.checks} />}
      {value.applications && value.applications.length > 0 && (
        <section className={styles.part}>
          <OriginPaths applications={value.applications} />
        </section>
      )}
      {value.plan && value.plan.edits.length > 0 && (
        <section className={styles.part}>
          {value.plan.edits.map(edit => (
            <DiffView key={edit.path} edit={edit} />
          ))}
          <p className={tokens.muted}>
            <PlanSummary plan={value.plan} />
          </p>
        </section>
      )}
      <Actions
        service={service}
        cluster={cluster}
        explanation={value}
        onEnable={onEnable}
      />
      <Origin explanation={value} hub={hub} />
    </>
  );
}

function PlanSummary(props: { plan: Plan }) {
  const { plan } = props;
  const { t } = useFleetTranslation();
  if (!plan.evaluable) {
    return (
      <Sentence
        text={t('plan.notEvaluable', { reason: plan.notEvaluable ?? '' })}
      />
    );
  }
  if (plan.sentence) {
    return <Sentence text={plan.sentence} />;
  }
  return (
    <>
      {t('plan.counts', {
        creates: String(plan.creates),
        changes: String(plan.changes),
        deletes: String(plan.deletes),
      })}
    </>
  );
}

function Checks(props: { checks: Check[] }) {
  const { t } = useFleetTranslation();
  return (
    <ul className={classes(styles.part, styles.checks)}>
      {props.checks.map(check => (
        <li key={check.text} data-passed={check.passed}>
          <span
            role="img"
            aria-label={t(
              check.passed ? 'explain.passed' : 'explain.notPassed',
            )}
            className={check.passed ? styles.passed : styles.notPassed}
          >
            {check.passed ? '✓' : '✗'}
          </span>
          <span className={check.passed ? undefined : styles.strong}>
            <Sentence text={check.text} />
          </span>
          <span className={tokens.muted}>
            <Sentence text={check.actual} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Actions(props: {
  service: string;
  cluster: ClusterSummary;
  explanation: Explanation;
  onEnable: (explanation: Explanation) => void;
}) {
  const { explanation, onEnable } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const { intent, file, fileUrl, applicationSet } = explanation;
  return (
    <section
      className={classes(styles.part, styles.actions, intent && styles.sticky)}
    >
      {intent && (
        <Button
          size="small"
          variant="primary"
          isDisabled={permission.loading || !permission.allowed}
          onPress={() => onEnable(explanation)}
        >
          {t('explain.enable')}
        </Button>
      )}
      {intent && !permission.loading && !permission.allowed && (
        <span className={tokens.muted}>{t('explain.cannotEnable')}</span>
      )}
      <span className={styles.links}>
        <OpenPages service={props.service} cluster={props.cluster} />
        {fileUrl && (
          <ExternalLink href={fileUrl}>{applicationSet ?? file}</ExternalLink>
        )}
      </span>
    </section>
  );
}

function Origin(props: {
  explanation: Explanation;
  hub: HubFreshness | undefined;
}) {
  const { explanation, hub } = props;
  const { computedFrom, hubAgrees } = explanation;
  const { t } = useFleetTranslation();
  if (!computedFrom && hubAgrees === undefined) {
    return null;
  }
  const agreement =
    hubAgrees === undefined || !hub
      ? ''
      : t(hubAgrees ? 'explain.hubAgrees' : 'explain.hubDisagrees', {
          hub: hub.title,
        });
  return (
    <footer className={classes(styles.part, styles.origin)}>
      {computedFrom && (
        <Sentence
          text={t('explain.computedFrom', {
            sha: `\`${computedFrom.sha.slice(0, 7)}\``,
          })}
        />
      )}{' '}
      {agreement}
    </footer>
  );
}
