import { useFleetTranslation } from './useFleetTranslation';

/** The titles of the fleet page and its tabs in the reader's language. */
export function useTabTitles() {
  const { t } = useFleetTranslation();
  const own: Record<string, { usual: string; translated: string }> = {
    clusters: { usual: 'Clusters', translated: t('tabs.clusters') },
    changes: { usual: 'Changes', translated: t('tabs.changes') },
    hubs: { usual: 'Hubs', translated: t('tabs.hubs') },
  };
  return {
    fleet: t('tabs.fleet'),
    services: t('tabs.services'),
    /** A tab's title: what the app configured wins over the translation of the usual one. */
    of(path: string, configured?: string): string {
      const known = own[path];
      return known && (!configured || configured === known.usual)
        ? known.translated
        : configured ?? path;
    },
  };
}
