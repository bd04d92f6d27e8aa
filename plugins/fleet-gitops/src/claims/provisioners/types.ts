import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '../../model/repository';
import type { KubernetesVersionFormat } from '../kubernetesVersion';
import type { ClaimDefinition } from '../schema/definitions';
import type { SchemaViolation } from '../schema/structuralSchema';
import type { JsonSchema, PoolLocation, ProvisionerKind } from '../types';

/** What is known besides the claim itself. */
export interface ProvisionerContext {
  repository: RepositorySnapshot;
  /** Definitions that the hub has: CRDs, XRDs, ResourceGraphDefinitions, ClusterClasses. */
  onHub: readonly KubernetesObject[];
  /** Absent where neither the repository nor the hub defines the kind. */
  definition: ClaimDefinition | undefined;
}

/**
 * One way of making clusters from claims. One implementation for each, in a file of its own.
 */
export interface Provisioner {
  readonly kind: ProvisionerKind;
  /** For people. */
  readonly title: string;
  /** Why an object cannot be a claim of this kind; `undefined` where it can. */
  problem(
    claim: KubernetesObject,
    definition: ClaimDefinition | undefined,
  ): string | undefined;
  /** The schema to check against where nothing defines the kind. */
  builtInSchema?(claim: KubernetesObject): JsonSchema | undefined;
  /** What a schema cannot say. */
  check?(
    claim: KubernetesObject,
    context: ProvisionerContext,
  ): SchemaViolation[];
  /** Where every claim of this kind has its Kubernetes version. */
  readonly kubernetesVersion?: {
    path: string;
    format: KubernetesVersionFormat;
  };
  /** Where every claim of this kind has its node pools. */
  readonly pools?: PoolLocation[];
}
