import {
  TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { fleetTranslationRef } from './translation';

type FleetMessages = typeof fleetTranslationRef extends TranslationRef<
  string,
  infer TMessages
>
  ? TMessages
  : never;

// Named, because the inferred type is too long for a declaration file.
type FleetTranslation = ReturnType<typeof useTranslationRef<FleetMessages>>;

/** Gives a text by its key. */
export type FleetTranslate = FleetTranslation['t'];

/** The texts of the fleet pages in the reader's language. */
export function useFleetTranslation(): FleetTranslation {
  return useTranslationRef(fleetTranslationRef);
}
