import {
  Cluster,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ClusterActionDialog } from '../ClustersPage/ClusterActionDialog';
import {
  CLUSTER_ACTIONS,
  ClusterAction,
  isChangeable,
} from '../ClustersPage/clusterActions';
import { declaredOf } from '../ClustersPage/clusterPhase';
import { MoreMenu } from '../common';
import parts from '../PageParts/PageParts.module.css';

/** What has no button of its own. */
const SELDOM: ClusterAction[] = ['annotate', 'recreate'];

/** What can be done with the cluster of the page, or why nothing can. */
export function ClusterButtons(props: {
  cluster: Cluster;
  newest: string | undefined;
}) {
  const { cluster, newest } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [action, setAction] = useState<ClusterAction>();
  if (permission.loading) {
    return null;
  }
  if (!permission.allowed || !isChangeable(cluster)) {
    return (
      <p className={tokens.muted}>
        {!permission.allowed && t('clusterAction.noPermission')}
        {permission.allowed &&
          declaredOf(cluster) === 'pet' &&
          t('clusterAction.pet')}
      </p>
    );
  }
  return (
    <div
      role="group"
      aria-label={t('clusters.actions', { cluster: cluster.name })}
      className={parts.actions}
    >
      {CLUSTER_ACTIONS.filter(each => !SELDOM.includes(each)).map(each => (
        <Button
          key={each}
          size="small"
          variant="secondary"
          onPress={() => setAction(each)}
        >
          {t(`clusterAction.${each}`)}
        </Button>
      ))}
      <MoreMenu
        actions={SELDOM}
        labelOf={each => t(`clusterAction.${each}`)}
        onAction={setAction}
      />
      {action && (
        <ClusterActionDialog
          clusters={[cluster]}
          action={action}
          newest={newest}
          onClose={() => setAction(undefined)}
        />
      )}
    </div>
  );
}
