import {
  FileEdit,
  PlannedApplication,
} from '@backstage-fleet/plugin-fleet-common';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { FieldChanges } from './FieldChanges';
import styles from './Plan.module.css';

/** How many clusters are listed before somebody asks for the others. */
const LISTED = 12;

/** The Applications that a change creates, changes and deletes, cluster by cluster. */
export function PlannedApplications(props: {
  applications: PlannedApplication[];
  /** The edits of the plan; a field without values is a file of them. */
  edits: FileEdit[];
}) {
  const { t } = useFleetTranslation();
  const [all, setAll] = useState(false);
  const clusters = byCluster(props.applications);
  const listed = all ? clusters : clusters.slice(0, LISTED);
  return (
    <section>
      <ul className={styles.clusters}>
        {listed.map(({ cluster, applications }) => (
          <li key={cluster}>
            <h3 className={styles.cluster}>{cluster}</h3>
            <ul className={styles.applications}>
              {applications.map(application => (
                <Planned
                  key={`${application.action} ${application.namespace}/${application.name}`}
                  application={application}
                  edits={props.edits}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {clusters.length > listed.length && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setAll(true)}
          className={styles.more}
        >
          {t('plan.moreClusters', { count: clusters.length - listed.length })}
        </Button>
      )}
    </section>
  );
}

function Planned(props: {
  application: PlannedApplication;
  edits: FileEdit[];
}) {
  const { action, name, version, fields } = props.application;
  const { t } = useFleetTranslation();
  const versions = fields.find(field => field.path === 'version');
  // The field that holds the version says the same again.
  const others = fields.filter(
    field =>
      !versions ||
      field.before !== versions.before ||
      field.after !== versions.after,
  );
  return (
    <li className={styles[action]}>
      <span className={styles.action}>{t(`plan.${action}`)}</span>
      <span className={styles.applicationName}>{name}</span>
      <span className={styles.plannedVersion}>
        {action === 'change' && versions ? (
          <>
            <span className={tokens.muted}>{versions.before ?? '–'} → </span>
            {versions.after ?? '–'}
          </>
        ) : (
          version
        )}
      </span>
      {action === 'change' && others.length > 0 && (
        <FieldChanges fields={others} edits={props.edits} />
      )}
    </li>
  );
}

function byCluster(applications: PlannedApplication[]) {
  const clusters = new Map<string, PlannedApplication[]>();
  for (const application of applications) {
    const before = clusters.get(application.cluster);
    if (before) {
      before.push(application);
    } else {
      clusters.set(application.cluster, [application]);
    }
  }
  return [...clusters].map(([cluster, of]) => ({ cluster, applications: of }));
}
