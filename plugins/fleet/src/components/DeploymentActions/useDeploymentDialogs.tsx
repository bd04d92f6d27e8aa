import { ClusterSummary } from '@backstage-fleet/plugin-fleet-common';
import { ReactNode, useState } from 'react';
import { useChanges, useDeployments } from '../../live';
import { deploymentLines, placesOfLines } from '../ServiceView/deploymentRows';
import { RollbackDialog } from '../ServiceView/RollbackDialog';
import { knownVersions } from '../ServiceView/serviceVersions';
import { DeploymentDialog } from './DeploymentButtons';
import { SyncDialog } from './SyncDialog';

/** How many changes tell of versions that ran before. */
const HISTORY = 50;

/** The dialogs of a deployment's buttons, for the page that outlives the popover with the buttons. */
export function useDeploymentDialogs(): {
  ask: (
    dialog: DeploymentDialog,
    service: string,
    cluster: ClusterSummary,
  ) => void;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<{
    dialog: DeploymentDialog;
    service: string;
    cluster: ClusterSummary;
  }>();
  const close = () => setAsked(undefined);
  return {
    ask: (dialog, service, cluster) => setAsked({ dialog, service, cluster }),
    dialog: (
      <>
        {asked?.dialog === 'sync' && (
          <SyncDialog
            service={asked.service}
            clusters={[asked.cluster.id]}
            onClose={close}
          />
        )}
        {asked?.dialog === 'rollback' && (
          <RollBackOn
            service={asked.service}
            cluster={asked.cluster}
            onClose={close}
          />
        )}
      </>
    ),
  };
}

/** Rolls back on one cluster, once it is known what ran and what was changed. */
function RollBackOn(props: {
  service: string;
  cluster: ClusterSummary;
  onClose: () => void;
}) {
  const { service, cluster, onClose } = props;
  const deployments = useDeployments(service);
  const changes = useChanges({ service, limit: HISTORY });
  if (deployments.loading || changes.loading) {
    return null;
  }
  const places = deployments.value
    ? placesOfLines(deploymentLines(deployments.value))
    : [];
  return (
    <RollbackDialog
      service={service}
      places={places}
      versions={knownVersions(service, places, changes.value?.items ?? [])}
      clusters={[cluster.name]}
      onClose={onClose}
    />
  );
}
