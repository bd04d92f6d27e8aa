import {
  Cluster,
  FLEET_CLUSTER_ANNOTATION,
} from '@backstage-fleet/plugin-fleet-common';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useLoaded } from '../../live';

/** A cluster's entity in the catalog, and its owner, as entity refs; `undefined` where the catalog does not have it. */
export function useClusterEntity({
  id,
}: Cluster): { entityRef: string; owner?: string } | undefined {
  const catalog = useApiHolder().get(catalogApiRef);
  const { value } = useLoaded(catalog && id, async () => {
    const { items } = await catalog!.getEntities({
      filter: {
        kind: 'resource',
        [`metadata.annotations.${FLEET_CLUSTER_ANNOTATION}`]: id,
      },
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
      limit: 1,
    });
    return items[0];
  });
  if (!value) {
    return undefined;
  }
  const { namespace = 'default', name } = value.metadata;
  return {
    entityRef: `${value.kind}:${namespace}/${name}`.toLocaleLowerCase('en-US'),
    owner: value.relations?.find(({ type }) => type === 'ownedBy')?.targetRef,
  };
}
