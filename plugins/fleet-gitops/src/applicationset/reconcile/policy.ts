import type { ApplicationSet } from '../../model/argocd';
import type { ApplicationsSyncPolicy, ReconcileOptions } from './types';

/**
 * What the controller may do with a set's Applications: its own policy, or the set's where that may override it.
 *
 * Sources: Argo CD `applicationset/utils/policy.go` `DefaultPolicy`; the override's default:
 * `cmd/argocd-applicationset-controller/commands/applicationset_controller.go`.
 */
export function effectivePolicy(
  applicationSet: ApplicationSet,
  options: ReconcileOptions,
): { allowsUpdate: boolean; allowsDelete: boolean } {
  const own: ApplicationsSyncPolicy | undefined =
    applicationSet.spec.syncPolicy?.applicationsSync;
  const overridable =
    options.enablePolicyOverride ?? options.policy === undefined;
  const effective =
    overridable && own !== undefined ? own : options.policy ?? 'sync';
  return {
    allowsUpdate: effective === 'sync' || effective === 'create-update',
    allowsDelete: effective === 'sync' || effective === 'create-delete',
  };
}
