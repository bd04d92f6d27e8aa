import { RollUp } from '../../matrix/rollup';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Matrix.module.css';

/** Several cells in one: the worst state and how many are in it. */
export function RollUpCell(props: {
  rollUp: RollUp;
  /** What is rolled up, for assistive technology. */
  label: string;
  row: number;
  column: number;
  left: number;
  width: number;
  first: boolean;
  tabbable: boolean;
}) {
  const { rollUp, label, row, column } = props;
  const { t } = useFleetTranslation();
  const word = t(`state.${rollUp.worst}`);
  const total = Math.max(rollUp.deployed, rollUp.count);
  const counts = t('cell.rollUp', {
    number: String(rollUp.count),
    total: String(total),
  });
  const empty = rollUp.worst === 'not-deployed';
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={`${label}: ${empty ? word : `${word}, ${counts}`}`}
      tabIndex={props.tabbable ? 0 : -1}
      data-row={row}
      data-column={column}
      className={classes(
        styles.cell,
        styles.summary,
        rollUp.observedAt !== undefined && styles.hatched,
        stateClass(rollUp.worst),
        props.first && styles.first,
      )}
      style={{ left: props.left, width: props.width }}
    >
      <StateIcon state={rollUp.worst} />
      {!empty && (
        <>
          <span className={styles.text}>{word}</span>
          {/* Drawn by the style sheet: the label says it with a comma between. */}
          <span data-text={counts} />
        </>
      )}
    </div>
  );
}
