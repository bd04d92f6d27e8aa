import { Box, Button, Link } from '@backstage/ui';
import { useRef } from 'react';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, RelativeTime, useFleetLinks } from '../common';
import { DeploymentLine } from './deploymentRows';
import { LineHealth, LineLinks, LineSync, lineIsAbsent } from './LineParts';
import styles from './ServiceView.module.css';
import { LineActions } from './useLineActions';
import { VersionPath, versionSteps } from './VersionPath';

/** One line for each cluster, deployed or not. */
export function DeploymentTable(props: {
  lines: DeploymentLine[];
  label: string;
  actions: LineActions;
}) {
  const { lines, label, actions } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  return (
    <Box bg="neutral" className={styles.tableFrame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('service.cluster')}</th>
            <th scope="col">
              {t('service.version')}
              {lines.some(hasSeveralVersions) && (
                <span className={styles.caption}>
                  {t('service.versionPath')}
                </span>
              )}
            </th>
            <th scope="col">{t('service.health')}</th>
            <th scope="col">{t('service.sync')}</th>
            <th scope="col">{t('service.since')}</th>
            <th scope="col">{t('service.links')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <tr
              key={line.id}
              data-state={line.view.hatched ? undefined : line.view.state}
              className={classes(line.view.hatched && styles.hatched)}
            >
              <th scope="row">
                <span className={styles.stack}>
                  <Link
                    href={links.cluster(line.cluster.id)}
                    standalone
                    weight="bold"
                  >
                    {clusterTitle(line.cluster, line.hub)}
                  </Link>
                  <span className={styles.small}>
                    {[line.cluster.environment, line.cluster.region]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </span>
              </th>
              <td>
                {line.deployment ? (
                  <VersionPath deployment={line.deployment} />
                ) : (
                  <span className={tokens.muted}>–</span>
                )}
              </td>
              <td>
                <LineHealth line={line} />
              </td>
              <td>
                <LineSync line={line} />
              </td>
              <td>
                <RelativeTime time={line.deployment?.healthSince} form="bare" />
              </td>
              <td>
                <div className={styles.actions}>
                  <LineLinks line={line} />
                </div>
              </td>
              <td className={styles.buttons}>
                <LineButtons line={line} actions={actions} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function hasSeveralVersions({ deployment }: DeploymentLine): boolean {
  return deployment !== undefined && versionSteps(deployment).length > 1;
}

/** Why and Enable where the service is not, Details where it is. */
export function LineButtons(props: {
  line: DeploymentLine;
  actions: LineActions;
}) {
  const { line, actions } = props;
  const { t } = useFleetTranslation();
  const anchor = useRef<HTMLButtonElement>(null);
  const absent = lineIsAbsent(line);
  const name = clusterTitle(line.cluster, line.hub);
  return (
    <>
      <Button
        ref={anchor}
        size="small"
        variant="tertiary"
        aria-label={`${t(absent ? 'explain.why' : 'service.details')} ${name}`}
        onPress={() => anchor.current && actions.details(line, anchor.current)}
      >
        {t(absent ? 'explain.why' : 'service.details')}
      </Button>
      {absent && (
        <Button
          size="small"
          variant="secondary"
          aria-label={`${t('service.enable')} ${name}`}
          onPress={() => anchor.current && actions.enable(line, anchor.current)}
        >
          {t('service.enable')}
        </Button>
      )}
    </>
  );
}
