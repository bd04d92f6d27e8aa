import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { fleetTranslationRef } from './translation';

/** The texts of the fleet pages in the reader's language. */
export function useFleetTranslation() {
  return useTranslationRef(fleetTranslationRef);
}

/** Gives a text by its key. */
export type FleetTranslate = ReturnType<typeof useFleetTranslation>['t'];
