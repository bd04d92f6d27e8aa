import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '../model/repository';
import { PROVISIONERS } from './provisioners';
import { findDefinition } from './schema/definitions';
import {
  SchemaViolation,
  validate,
  violation,
} from './schema/structuralSchema';
import type { ProvisionerKind } from './types';

/**
 * What an API server would say of a claim, as far as the repository or the hub says what it must be.
 *
 * @public
 */
export interface ClaimCheck {
  violations: SchemaViolation[];
  /** What the claim was checked against: a file, an object of the hub, or `built in`; absent where nothing defines it. */
  checkedAgainst?: string;
}

/**
 * Checks a claim against the CRD, XRD or ResourceGraphDefinition of its kind, and by what its provisioner knows.
 *
 * @param onHub - definitions that the hub has
 * @throws `ConflictError` where the definition itself is wrong
 * @public
 */
export function checkClaim(
  claim: KubernetesObject,
  kind: ProvisionerKind,
  repository: RepositorySnapshot,
  onHub: readonly KubernetesObject[] = [],
): ClaimCheck {
  const provisioner = PROVISIONERS[kind];
  const definition = findDefinition(claim, repository, onHub);
  const problem = provisioner.problem(claim, definition);
  if (problem)
    return {
      violations: [violation([], problem)],
      ...(definition ? { checkedAgainst: definition.source } : {}),
    };
  const schema = definition?.schema ?? provisioner.builtInSchema?.(claim);
  const context = { repository, onHub, definition };
  const violations = [
    ...(schema ? validate(schema, claim).violations : []),
    ...(provisioner.check?.(claim, context) ?? []),
  ];
  return {
    violations,
    ...(schema ? { checkedAgainst: definition?.source ?? 'built in' } : {}),
  };
}
