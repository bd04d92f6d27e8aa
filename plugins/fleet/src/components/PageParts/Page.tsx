import { Link, Skeleton } from '@backstage/ui';
import { RiArrowLeftLine } from '@remixicon/react';
import { ReactNode } from 'react';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useDocumentTitle } from '../common';
import styles from './PageParts.module.css';

/** The content below the header of a fleet page. */
export function Page(props: {
  /** What the page shows, for the browser's tab. */
  title: string;
  children: ReactNode;
}) {
  const { t } = useFleetTranslation();
  useDocumentTitle(props.title, t('tabs.fleet'));
  return (
    <main className={classes(tokens.tokens, styles.page)}>
      {props.children}
    </main>
  );
}

/** What stands where a page will be. */
export function PageSkeleton() {
  const { t } = useFleetTranslation();
  return (
    <div aria-busy="true" className={styles.loading}>
      <Skeleton width="40%" height={28} aria-label={t('details.loading')} />
      <Skeleton width="100%" height={240} />
    </div>
  );
}

/** The way from the page of one thing to the page of all. */
export function BackLink(props: {
  href: string | undefined;
  children: ReactNode;
}) {
  if (!props.href) {
    return null;
  }
  return (
    <Link href={props.href} standalone className={styles.back}>
      <RiArrowLeftLine size={14} aria-hidden="true" /> {props.children}
    </Link>
  );
}

/** A heading with what belongs to it. */
export function Section(props: {
  title: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section
      aria-label={props.title}
      className={classes(styles.section, props.className)}
    >
      <h2 className={styles.heading}>{props.title}</h2>
      {props.children}
    </section>
  );
}
