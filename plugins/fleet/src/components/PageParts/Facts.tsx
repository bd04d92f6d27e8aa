import { Fragment, ReactNode } from 'react';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import styles from './PageParts.module.css';

/** Names with their values; those without a value are left out. */
export function Facts(props: {
  facts: Array<[name: string, value: ReactNode]>;
}) {
  return (
    <dl className={classes(styles.panel, styles.facts)}>
      {props.facts
        .filter(
          ([, value]) => value !== undefined && value !== false && value !== '',
        )
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

/** Labels or annotations, as `key=value`. */
export function KeyValues(props: {
  values: Record<string, string>;
  /** Name of the list for assistive technology. */
  label: string;
}) {
  const entries = Object.entries(props.values).sort(([a], [b]) =>
    a.localeCompare(b),
  );
  return (
    <ul className={styles.labels} aria-label={props.label}>
      {entries.map(([key, value]) => (
        <li key={key}>
          <code className={tokens.code}>
            {value === '' ? key : `${key}=${value}`}
          </code>
        </li>
      ))}
    </ul>
  );
}
