import {
  TranslationRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { scaffolderFleetTranslationRef } from './translation';

type FieldMessages =
  typeof scaffolderFleetTranslationRef extends TranslationRef<
    string,
    infer TMessages
  >
    ? TMessages
    : never;

// Named, because the inferred type is too long for a declaration file.
type FieldTranslation = ReturnType<typeof useTranslationRef<FieldMessages>>;

/** The texts of the form fields in the reader's language. */
export function useFieldTranslation(): FieldTranslation {
  return useTranslationRef(scaffolderFleetTranslationRef);
}
