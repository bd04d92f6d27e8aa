import type { ProvisionerKind } from '../types';
import { clusterApi } from './clusterApi';
import { crossplaneClaim, crossplaneXr } from './crossplane';
import { kro } from './kro';
import type { Provisioner } from './types';

/** The provisioners that are built in. To add one, write its file and name it here and in `ProvisionerKind`. */
export const PROVISIONERS: Record<ProvisionerKind, Provisioner> = {
  'cluster-api': clusterApi,
  'crossplane-claim': crossplaneClaim,
  'crossplane-xr': crossplaneXr,
  kro,
};

export type { Provisioner, ProvisionerContext } from './types';
