import { HubStatus } from '@backstage-fleet/plugin-fleet-common';
import { CellState } from '../../matrix/cellView';

/** How each status of a connection looks. */
export const STATUS_LOOKS: Record<HubStatus, CellState> = {
  live: 'healthy',
  connecting: 'progressing',
  stale: 'stale',
  unreachable: 'unreachable',
  unauthorized: 'no-access',
};
