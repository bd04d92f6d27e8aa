import { configApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/**
 * Names what is shown in the browser's tab, before the title of the app; the app's title alone afterwards.
 *
 * @param parts - from the particular to the general; what is `undefined` is left out
 */
export function useDocumentTitle(...parts: Array<string | undefined>): void {
  const app =
    useApiHolder().get(configApiRef)?.getOptionalString('app.title') ??
    'Backstage';
  const title = [...parts, app].filter(Boolean).join(' | ');
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(
    () => () => {
      document.title = app;
    },
    [app],
  );
}
