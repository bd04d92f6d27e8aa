import { Box, Link } from '@backstage/ui';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { clusterTitle, RelativeTime, useFleetLinks } from '../common';
import { DeploymentLine } from './deploymentRows';
import { LineButtons } from './DeploymentTable';
import { LineHealth, LineLinks } from './LineParts';
import styles from './ServiceView.module.css';
import { LineActions } from './useLineActions';
import { VersionPath } from './VersionPath';

/** The lines in one column, for narrow screens. */
export function DeploymentCards(props: {
  lines: DeploymentLine[];
  label: string;
  actions: LineActions;
}) {
  const links = useFleetLinks();
  return (
    <ul className={styles.cards} aria-label={props.label}>
      {props.lines.map(line => (
        <Box
          as="li"
          bg="neutral"
          key={line.id}
          data-state={line.view.hatched ? undefined : line.view.state}
          className={classes(styles.card, line.view.hatched && styles.hatched)}
        >
          <div className={styles.cardLine}>
            <Link
              href={links.cluster(line.cluster.id)}
              standalone
              weight="bold"
            >
              {clusterTitle(line.cluster, line.hub)}
            </Link>
            {line.deployment && <VersionPath deployment={line.deployment} />}
          </div>
          <div className={styles.cardLine}>
            <LineHealth line={line} />
            <span className={tokens.muted}>
              {[line.cluster.environment, line.cluster.region]
                .filter(Boolean)
                .join(', ')}
              {line.deployment?.healthSince && ' · '}
              <RelativeTime time={line.deployment?.healthSince} form="bare" />
            </span>
          </div>
          <div className={styles.actions}>
            <LineLinks line={line} />
            <LineButtons line={line} actions={props.actions} />
          </div>
        </Box>
      ))}
    </ul>
  );
}
