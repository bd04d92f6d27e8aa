import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type { FleetService } from '@backstage-fleet/plugin-fleet-node';
import { createChangeWaitAction } from './changeWait';
import { createClusterCreateAction } from './clusterCreate';
import { createClusterDecommissionAction } from './clusterDecommission';
import { createClusterLabelAction } from './clusterLabel';
import { createClusterUpgradeAction } from './clusterUpgrade';
import { createServiceOffboardAction } from './serviceOffboard';
import { createServiceOnboardAction } from './serviceOnboard';
import { createServicePromoteAction } from './servicePromote';
import { createServiceRollbackAction } from './serviceRollback';

type CreateAction = (options: {
  fleet: FleetService;
}) => TemplateAction<any, any, any>;

/** Every `fleet:*` action. */
export const fleetActions: CreateAction[] = [
  createChangeWaitAction,
  createClusterCreateAction,
  createClusterDecommissionAction,
  createClusterLabelAction,
  createClusterUpgradeAction,
  createServiceOffboardAction,
  createServiceOnboardAction,
  createServicePromoteAction,
  createServiceRollbackAction,
];
