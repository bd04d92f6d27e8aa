import styles from './Matrix.module.css';

/** Points down; turned to the right by a `collapsed` ancestor. */
export function Chevron() {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      className={styles.chevron}
    >
      <path d="M12 13.17 16.95 8.22 18.36 9.64 12 16 5.64 9.64 7.05 8.22z" />
    </svg>
  );
}
