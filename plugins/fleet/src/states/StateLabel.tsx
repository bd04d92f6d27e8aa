import { ReactNode } from 'react';
import { CellState } from '../matrix/cellView';
import { classes } from '../styles/classes';
import { useFleetTranslation } from '../useFleetTranslation';
import { StateIcon } from './StateIcon';
import styles from './states.module.css';

/** Shape, word and colour of a state. */
export function StateLabel(props: {
  state: CellState;
  /** Replaces the state's word. */
  children?: ReactNode;
  /** Drawn as a filled label rather than as text. */
  filled?: boolean;
}) {
  const { state, children, filled } = props;
  const { t } = useFleetTranslation();
  return (
    <span
      className={classes(
        styles.label,
        stateClass(state),
        filled && styles.filled,
      )}
    >
      <StateIcon state={state} />
      <span>{children ?? t(`state.${state}`)}</span>
    </span>
  );
}

/** Class that gives a state's colours as `--fleet-state` and `--fleet-state-bg`. */
export function stateClass(state: CellState): string {
  return styles[state] ?? state;
}
