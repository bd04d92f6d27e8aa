import { Link } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useDocumentTitle, useFleetLinks } from '../common';
import { ServiceView } from '../ServiceView';
import styles from './FleetPage.module.css';

/** One service as a page of its own. */
export function ServicePage(props: { service: string }) {
  const { t } = useFleetTranslation();
  const links = useFleetLinks();
  useDocumentTitle(props.service, t('tabs.fleet'));
  return (
    <main className={classes(tokens.tokens, styles.page, styles.flowing)}>
      {links.fleet && (
        <Link href={links.fleet} standalone className={styles.back}>
          <RiArrowLeftLine size={14} aria-hidden="true" /> {t('service.all')}
        </Link>
      )}
      <ServiceView service={props.service} />
    </main>
  );
}
