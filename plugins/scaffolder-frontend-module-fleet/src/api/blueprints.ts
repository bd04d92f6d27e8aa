import {
  Blueprint,
  DefaultApiClient,
} from '@backstage-fleet/plugin-fleet-common';
import { ResponseError } from '@backstage/errors';

type ClientOptions = ConstructorParameters<typeof DefaultApiClient>[0];

/**
 * What clusters can be made from, as the GitOps repositories declare it.
 *
 * @throws a `ResponseError` where the backend refuses
 */
export async function loadBlueprints(
  options: ClientOptions,
): Promise<Blueprint[]> {
  const response = await new DefaultApiClient(options).getBlueprints({});
  if (!response.ok) {
    throw await ResponseError.fromResponse(response as unknown as Response);
  }
  return (await response.json()).items;
}
