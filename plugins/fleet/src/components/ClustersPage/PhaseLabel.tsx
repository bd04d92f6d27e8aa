import { Cluster, HubFreshness } from '@backstage-fleet/plugin-fleet-common';
import { StateLabel } from '../../states';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { hubSilence, PHASE_LOOKS, phaseOf } from './clusterPhase';
import styles from './ClustersPage.module.css';

/** The phase of a cluster in a word; while its hub is not heard, that, and what it was. */
export function PhaseLabel(props: {
  cluster: Cluster;
  hub?: HubFreshness;
  filled?: boolean;
}) {
  const { cluster, hub, filled } = props;
  const { t } = useFleetTranslation();
  const phase = phaseOf(cluster);
  const word = t(`clusters.phases.${phase}`);
  const silence = hubSilence(hub);
  if (silence) {
    return (
      <span className={styles.stack}>
        <StateLabel state={silence} filled={filled} />
        <span className={tokens.muted}>
          {t('clusters.lastKnown', { phase: word })}
        </span>
      </span>
    );
  }
  return (
    <StateLabel state={PHASE_LOOKS[phase]} filled={filled}>
      {word}
    </StateLabel>
  );
}
