import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { customResourceDefinitions, type ObjectStore } from '../objects';
import { withConditions } from '../provisioning/conditions';
import { type Conversions, toResource } from './toResource';

/**
 * Serves the kinds that CustomResourceDefinitions define, for as long as these exist.
 *
 * @returns a function that stops it
 */
export function startCustomResourceController(
  store: ObjectStore,
  options: { conversions?: Conversions; now: () => Date },
): () => void {
  const serve = (definition: KubernetesObject) => {
    let problem: string | undefined;
    try {
      store.addResource(toResource(definition, options.conversions));
    } catch (error) {
      problem = (error as Error).message;
    }
    store.modify(
      customResourceDefinitions,
      definition.metadata,
      draft => {
        draft.status = status(draft, problem, options.now());
      },
      { status: true },
    );
  };
  return store.watch(
    customResourceDefinitions,
    {},
    ({ type, object, previous }) => {
      if (type === 'DELETED') {
        const { group, names } = object.spec as any;
        const resource = store.findKind(group, names.kind);
        if (resource) store.removeResource(resource);
      } else if (previous?.spec !== object.spec) {
        serve(object);
      }
    },
  );
}

function status(
  definition: KubernetesObject,
  problem: string | undefined,
  now: Date,
) {
  const { names, versions } = definition.spec as any;
  return {
    acceptedNames: names,
    conditions: withConditions(
      definition.status?.conditions,
      [
        {
          type: 'NamesAccepted',
          status: 'True',
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
        {
          type: 'Established',
          status: problem ? 'False' : 'True',
          reason: problem ? 'InvalidSchema' : 'InitialNamesAccepted',
          message: problem ?? 'the initial names have been accepted',
        },
      ],
      now,
    ),
    storedVersions: versions
      .filter((version: any) => version.storage)
      .map(({ name }: { name: string }) => name),
  };
}
