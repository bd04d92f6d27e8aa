import styles from '../fields.module.css';

/** What is wrong with a value. Its `id` goes to the `aria-describedby` of the input. */
export function Problem(props: { id: string; text: string | undefined }) {
  if (!props.text) return null;
  return (
    <p id={props.id} role="alert" className={styles.problem}>
      {props.text}
    </p>
  );
}
