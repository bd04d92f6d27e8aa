import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '../model/repository';
import { PROVISIONERS } from './provisioners';
import { checkRules, UnevaluatedRule } from './schema/cel';
import { findDefinition } from './schema/definitions';
import { newViolations } from './schema/ratcheting';
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
  /** CEL rules of the definition that could not be evaluated. */
  notChecked: UnevaluatedRule[];
}

/**
 * Checks a claim against the CRD, XRD or ResourceGraphDefinition of its kind, and by what its provisioner knows.
 *
 * @param onHub - definitions that the hub has
 * @param previous - the claim as it was, where it is changed: rules about changes compare with it
 * @throws `ConflictError` where the definition itself is wrong
 * @public
 */
export function checkClaim(
  claim: KubernetesObject,
  kind: ProvisionerKind,
  repository: RepositorySnapshot,
  onHub: readonly KubernetesObject[] = [],
  previous?: KubernetesObject,
): ClaimCheck {
  const provisioner = PROVISIONERS[kind];
  const definition = findDefinition(claim, repository, onHub);
  const problem = provisioner.problem(claim, definition);
  if (problem)
    return {
      violations: [violation([], problem)],
      notChecked: [],
      ...(definition ? { checkedAgainst: definition.source } : {}),
    };
  const schema = definition?.schema ?? provisioner.builtInSchema?.(claim);
  const context = { repository, onHub, definition };
  const found = schema && validate(schema, claim);
  const before = schema && previous && validate(schema, previous);
  const violations =
    found && before ? newViolations(found, before) : found?.violations ?? [];
  // As the API server does it: rules are for what the schema allows.
  const rules =
    found && violations.length === 0
      ? checkRules(schema, found.defaulted, before?.defaulted)
      : { violations: [], notChecked: [] };
  return {
    violations: [
      ...violations,
      ...rules.violations,
      ...(provisioner.check?.(claim, context) ?? []),
    ],
    notChecked: rules.notChecked,
    ...(schema ? { checkedAgainst: definition?.source ?? 'built in' } : {}),
  };
}
