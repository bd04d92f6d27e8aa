import type { ChangeScope } from '../permissions';
import type { ConcernedChange } from './journal';

/** What a change concerns, for permission rules. One of before scopes were kept concerns nothing that a rule could allow. */
export function scopeOfChange({ scope, intent }: ConcernedChange): ChangeScope {
  const nothing = { owners: [], environments: [], regions: [], hubs: [] };
  return scope ?? { kind: intent.kind, ...nothing };
}
