import type {
  FileEdit,
  Guard,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';

export type { FileEdit, Guard, Plan };
