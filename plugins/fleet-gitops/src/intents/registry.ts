import type { IntentKind } from '@backstage-fleet/plugin-fleet-common';
import { clusterIntents } from './cluster';
import { serviceIntents } from './service';
import type { AnyIntentDefinition, IntentDefinition } from './types';

const DEFINITIONS = new Map<string, AnyIntentDefinition>(
  [...serviceIntents, ...clusterIntents].map(definition => [
    definition.kind,
    definition,
  ]),
);

/**
 * The kinds of intents that {@link parseIntent} and {@link applyIntent} know.
 *
 * @public
 */
export const INTENT_KINDS = [...DEFINITIONS.keys()] as readonly IntentKind[];

export function definitionOf<Kind extends IntentKind>(
  kind: Kind,
): IntentDefinition<Kind> | undefined {
  return DEFINITIONS.get(kind) as unknown as IntentDefinition<Kind> | undefined;
}
