import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { Button, ButtonIcon } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import parts from '../PageParts/PageParts.module.css';
import { ClusterActionDialog } from './ClusterActionDialog';

/** What can be done with the selected clusters together. */
export function ClusterSelectionBar(props: {
  clusters: Cluster[];
  newest: string | undefined;
  onClear: () => void;
}) {
  const { clusters, newest, onClear } = props;
  const { t } = useFleetTranslation();
  const [upgrading, setUpgrading] = useState(false);
  if (clusters.length === 0) {
    return null;
  }
  const regions = [...new Set(clusters.flatMap(({ region }) => region ?? []))];
  return (
    <div
      role="region"
      aria-label={t('clusters.selected')}
      className={parts.selection}
    >
      <span aria-live="polite">
        <strong>
          {t('clusters.selectedCount', { count: clusters.length })}
        </strong>{' '}
        <span className={tokens.muted}>{regions.sort().join(', ')}</span>
      </span>
      <Button size="small" variant="primary" onPress={() => setUpgrading(true)}>
        {t('clusterAction.upgrade')}
      </Button>
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiCloseLine />}
        aria-label={t('clusters.clear')}
        onPress={onClear}
      />
      {upgrading && (
        <ClusterActionDialog
          clusters={clusters}
          action="upgrade"
          newest={newest}
          onClose={() => setUpgrading(false)}
        />
      )}
    </div>
  );
}
