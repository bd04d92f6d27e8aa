import {
  Deployment,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { errorSentence, fleetApiRef } from '../../api';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { PendingButton, Sentence } from '../common';
import styles from './DeploymentActions.module.css';

/** What can be asked of a deployment in a dialog of its own. */
export type DeploymentDialog = 'sync' | 'rollback';

/** *Sync*, *Refresh* and *Roll back*, as far as the hub and the person's rights allow them; else nothing. */
export function DeploymentButtons(props: {
  deployment: Deployment;
  onAsk: (dialog: DeploymentDialog) => void;
}) {
  const { deployment, onAsk } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const refresh = useRefresh(deployment);
  const may = (action: 'sync' | 'refresh') =>
    deployment.actions?.includes(action) ?? false;
  if (!may('sync') && !may('refresh') && !permission.allowed) {
    return null;
  }
  return (
    <div className={styles.buttons}>
      {may('sync') && (
        <Button
          size="small"
          variant={deployment.sync === 'OutOfSync' ? 'primary' : 'secondary'}
          onPress={() => onAsk('sync')}
        >
          {t('sync.sync')}
        </Button>
      )}
      {may('refresh') && (
        <PendingButton
          size="small"
          variant="secondary"
          isPending={refresh.pending}
          onPress={refresh.ask}
        >
          {t('sync.refresh')}
        </PendingButton>
      )}
      {permission.allowed && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => onAsk('rollback')}
        >
          {t('serviceChange.rollback')}
        </Button>
      )}
      {refresh.said && (
        <span
          role={refresh.failed ? 'alert' : 'status'}
          className={`${styles.said} ${tokens.muted}`}
        >
          <Sentence text={refresh.said} />
        </span>
      )}
    </div>
  );
}

/** Has Argo CD compare with Git now; what comes of it is seen in the deployment. */
function useRefresh(deployment: Deployment) {
  const api = useApi(fleetApiRef);
  const [pending, setPending] = useState(false);
  const [said, setSaid] = useState<{ text: string; failed: boolean }>();
  const ask = async () => {
    setPending(true);
    setSaid(undefined);
    try {
      const { message } = await api.refreshDeployment(deployment.id);
      setSaid({ text: message, failed: false });
    } catch (failure) {
      setSaid({ text: errorSentence(failure), failed: true });
    } finally {
      setPending(false);
    }
  };
  return { ask, pending, said: said?.text, failed: said?.failed };
}
