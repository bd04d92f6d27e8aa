import { fleetChangeCreatePermission } from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { useRef, useState } from 'react';
import { ServicePlace } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { MoreMenu } from '../common';
import { SyncDialog } from '../DeploymentActions';
import { HotfixDialog } from './HotfixDialog';
import { OffboardDialog } from './OffboardDialog';
import { PlacesDialog } from './PlacesDialog';
import { PromoteDialog } from './PromoteDialog';
import { RollbackDialog } from './RollbackDialog';
import styles from './ServiceView.module.css';
import { useFocusAfter } from './useFocusAfter';

type Asked =
  | 'promote'
  | 'onboard'
  | 'disable'
  | 'rollback'
  | 'hotfix'
  | 'offboard';

/** What the menu offers, the more usual first. */
const MENU: Asked[] = ['onboard', 'rollback', 'hotfix', 'disable', 'offboard'];

/**
 * What can be asked for a service: *Sync* where it differs from Git, *Promote*, and less usual things in a menu. Nothing for
 * those who may not ask.
 */
export function ServiceActions(props: {
  service: string;
  places: ServicePlace[];
  versions: string[];
  /** Ids of the clusters that differ from Git and that the person may sync. */
  unsynced: string[];
}) {
  const { service, places, versions, unsynced } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [asked, setAsked] = useState<Asked>();
  // Those that waited when it was asked for: what is synced stays in the dialog.
  const [syncing, setSyncing] = useState<string[]>();
  const group = useRef<HTMLDivElement>(null);
  useFocusAfter(syncing !== undefined, group);
  if (!permission.allowed && unsynced.length === 0 && !syncing) {
    return null;
  }
  const close = () => setAsked(undefined);
  const all = { service, places, versions, onClose: close };
  return (
    <div ref={group} className={styles.serviceActions}>
      {unsynced.length > 0 && (
        <Button
          variant="secondary"
          size="small"
          onPress={() => setSyncing(unsynced)}
        >
          {t('sync.sync')}
        </Button>
      )}
      {permission.allowed && (
        <>
          <Button
            variant="primary"
            size="small"
            onPress={() => setAsked('promote')}
          >
            {t('serviceChange.promote')}
          </Button>
          <MoreMenu
            actions={MENU}
            labelOf={each => t(`serviceChange.${each}`)}
            onAction={setAsked}
          />
        </>
      )}
      {syncing && (
        <SyncDialog
          service={service}
          clusters={syncing}
          onClose={() => setSyncing(undefined)}
        />
      )}
      {asked === 'promote' && <PromoteDialog {...all} />}
      {(asked === 'onboard' || asked === 'disable') && (
        <PlacesDialog
          service={service}
          places={places}
          kind={asked}
          onClose={close}
        />
      )}
      {asked === 'rollback' && <RollbackDialog {...all} />}
      {asked === 'hotfix' && <HotfixDialog {...all} />}
      {asked === 'offboard' && <OffboardDialog {...all} />}
    </div>
  );
}
