import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useLoaded } from '../../live';

const NOBODY: string[] = [];

/** Entity refs the signed-in person is or belongs to; none until they are known. */
export function useOwnership(): string[] {
  const identity = useApi(identityApiRef);
  const { value } = useLoaded('identity', () =>
    identity.getBackstageIdentity(),
  );
  return value?.ownershipEntityRefs ?? NOBODY;
}
