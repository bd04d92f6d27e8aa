import {
  Cluster,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { RiMore2Line } from '@remixicon/react';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ClusterActionDialog } from './ClusterActionDialog';
import { CLUSTER_ACTIONS, ClusterAction, isChangeable } from './clusterActions';

/** What can be done with a cluster; nothing for who may not change the fleet, or where no file in Git declares it. */
export function ClusterMenu(props: {
  cluster: Cluster;
  newest: string | undefined;
}) {
  const { cluster, newest } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [action, setAction] = useState<ClusterAction>();
  if (!permission.allowed || !isChangeable(cluster)) {
    return null;
  }
  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiMore2Line />}
          aria-label={t('clusters.actions', { cluster: cluster.name })}
        />
        <Menu placement="bottom end">
          {CLUSTER_ACTIONS.map(each => (
            <MenuItem key={each} id={each} onAction={() => setAction(each)}>
              {t(`clusterAction.${each}`)}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      {action && (
        <ClusterActionDialog
          clusters={[cluster]}
          action={action}
          newest={newest}
          onClose={() => setAction(undefined)}
        />
      )}
    </>
  );
}
