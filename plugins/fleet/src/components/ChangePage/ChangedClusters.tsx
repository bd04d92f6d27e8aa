import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Link } from '@backstage/ui';
import { useState } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useFleetLinks } from '../common';
import styles from './ChangePage.module.css';
import { idsByName } from './changePlaces';

/** How many clusters are named before somebody asks for the others. */
const NAMED = 8;

/** The clusters that a change touches, each with the way to its page. */
export function ChangedClusters(props: { names: string[] }) {
  const { names } = props;
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  const api = useApi(fleetApiRef);
  const clusters = useLoaded('clusters', () => api.getClusters());
  const [all, setAll] = useState(false);
  const ids = idsByName(clusters.value?.items ?? []);
  return (
    <>
      <ul className={styles.clusters} aria-label={t('changePage.clusters')}>
        {(all ? names : names.slice(0, NAMED)).map(name => {
          const id = ids.get(name);
          const href = id && links.cluster(id);
          return (
            <li key={name}>
              {href ? (
                <Link href={href} variant="body-small">
                  {name}
                </Link>
              ) : (
                name
              )}
            </li>
          );
        })}
      </ul>
      {!all && names.length > NAMED && (
        <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
          {t('plan.moreClusters', { count: names.length - NAMED })}
        </Button>
      )}
    </>
  );
}
