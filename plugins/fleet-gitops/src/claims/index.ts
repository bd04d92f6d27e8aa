export { findBlueprint, listBlueprints } from './blueprints';
export { checkClaim } from './checkClaim';
export type { ClaimCheck } from './checkClaim';
export { listClaims } from './findClaim';
export type { ClusterClaim } from './findClaim';
export type {
  KubernetesVersion,
  KubernetesVersionFormat,
} from './kubernetesVersion';
export { hasReached, parseKubernetesVersion } from './kubernetesVersion';
export { simpleSchemaToOpenApi } from './schema/simpleSchema';
export type { SchemaViolation } from './schema/structuralSchema';
export type {
  ClusterBlueprint,
  JsonSchema,
  PoolLocation,
  ProvisionerKind,
  TextSource,
  ValueSource,
} from './types';
