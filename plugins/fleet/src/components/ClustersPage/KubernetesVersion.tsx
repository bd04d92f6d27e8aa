import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './ClustersPage.module.css';
import {
  minorsBehind,
  versionOf,
  wantedVersion,
  writtenVersion,
} from './kubernetesVersions';

/** The Kubernetes version, the one it is on the way to, and how far it is behind the newest of the fleet. */
export function KubernetesVersion(props: {
  cluster: Cluster;
  newest: string | undefined;
}) {
  const { cluster, newest } = props;
  const { t } = useFleetTranslation();
  const version = versionOf(cluster);
  if (!version) {
    return <span className={tokens.muted}>–</span>;
  }
  const wanted = wantedVersion(cluster);
  const behind = minorsBehind(version, newest);
  return (
    <span className={styles.version}>
      {wanted ? (
        <span
          title={t('clusters.becomes', {
            from: writtenVersion(version),
            to: writtenVersion(wanted),
          })}
          className={styles.number}
        >
          {writtenVersion(version)} → {writtenVersion(wanted)}
        </span>
      ) : (
        <span className={styles.number}>{writtenVersion(version)}</span>
      )}
      {behind > 0 && (
        <span className={styles.behind}>
          <span aria-hidden="true" className={styles.bars}>
            {Array.from({ length: Math.min(behind, 3) }, (_, at) => (
              <i key={at} />
            ))}
          </span>
          {t('clusters.behind', { count: behind })}
        </span>
      )}
    </span>
  );
}
