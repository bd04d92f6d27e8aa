import { ReactNode, memo } from 'react';
import { useAge } from '../../live/useAge';
import { CellView, isAbsent } from '../../matrix/cellView';
import { isRecent } from '../../matrix/summaries';
import { StateIcon, stateClass } from '../../states';
import { classes } from '../../styles/classes';
import { BehindBars } from './BehindLabel';
import { CellTexts } from './cellTexts';
import { Lens } from './layout';
import styles from './Matrix.module.css';

/** For how long a change may still be faded in when its cell is drawn, in milliseconds. */
const FLASH_WINDOW = 1_000;

/** Props of {@link MatrixCell}. */
export interface MatrixCellProps {
  service: string;
  cluster: string;
  view: CellView;
  lens: Lens;
  row: number;
  column: number;
  left: number;
  width: number;
  /** Whether a line is drawn before it: the first of its region. */
  first: boolean;
  tabbable: boolean;
  selected: boolean;
  /** By how many versions it is behind the newest of its service, and by how many days; absent where it is not. */
  versionsBehind?: number;
  daysBehind?: number;
  changedAt?: number;
  /** Given rather than looked up: hundreds of cells are drawn at once. */
  texts: CellTexts;
}

/** One service on one cluster. Drawn again only when it says something else. */
export const MatrixCell = memo(PlainMatrixCell, sameCell);

function PlainMatrixCell(props: MatrixCellProps) {
  const { view, lens, versionsBehind, daysBehind, texts } = props;
  // Only cells that show an age follow the clock.
  if (view.hatched) {
    return <HatchedCell {...props} />;
  }
  const behind =
    versionsBehind === undefined
      ? undefined
      : { versions: versionsBehind, days: daysBehind };
  return (
    <CellFrame
      {...props}
      text={[
        view.version,
        texts.state[view.state],
        behind && texts.behind(behind),
      ]}
    >
      {lens === 'changed' && isRecent(view.since) && <Age time={view.since} />}
      {behind && (lens === 'version' || lens === 'skew') && (
        <span className={classes(styles.aside, styles.behind)}>
          <BehindBars versions={behind.versions} />
          {(lens === 'skew' || Boolean(behind.days)) && (
            <span data-text={texts.shortBehind(behind)} />
          )}
        </span>
      )}
    </CellFrame>
  );
}

function HatchedCell(props: MatrixCellProps) {
  const { view, texts } = props;
  const age = useAge(view.observedAt);
  const text = [
    view.version,
    texts.state[view.state],
    texts.lastKnown(view.lastKnown, age),
  ];
  return (
    <CellFrame {...props} text={text}>
      {!isAbsent(view) && age && <Aside text={age} />}
    </CellFrame>
  );
}

function CellFrame(
  props: MatrixCellProps & {
    /** What assistive technology says of it. */
    text: Array<string | undefined>;
    children: ReactNode;
  },
) {
  const { service, cluster, view, lens, row, column, changedAt, texts } = props;
  const absent = isAbsent(view);
  const known = view.lastKnown === 'degraded' ? 'degraded' : view.state;
  const state = absent ? 'not-deployed' : known;
  const skewed = lens === 'skew' ? props.versionsBehind : undefined;
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-label={`${texts.on(service, cluster)}: ${props.text
        .filter(Boolean)
        .join(', ')}`}
      tabIndex={props.tabbable ? 0 : -1}
      aria-selected={props.selected}
      data-row={row}
      data-column={column}
      data-state={view.hatched ? undefined : view.state}
      data-last-known={view.lastKnown}
      data-behind={skewed && Math.min(skewed, 3)}
      className={classes(
        styles.cell,
        stateClass(state),
        absent && styles.absent,
        view.hatched && styles.hatched,
        props.first && styles.first,
        props.selected && styles.selected,
        ((lens === 'changed' && !isRecent(view.since)) ||
          (lens === 'skew' && !skewed)) &&
          styles.dimmed,
      )}
      style={{ left: props.left, width: props.width }}
    >
      {changedAt !== undefined && Date.now() - changedAt < FLASH_WINDOW && (
        <span key={changedAt} className={styles.flash} />
      )}
      {/* The style sheet draws the dash of an empty cell: most cells are empty, and shapes cost a browser that scrolls most. */}
      {!absent && (
        <>
          <StateIcon state={state} />
          <span
            className={classes(
              styles.text,
              lens === 'health' && view.state === 'healthy' && styles.quiet,
            )}
          >
            {lens === 'health' || !view.version
              ? texts.state[view.state]
              : view.version}
          </span>
        </>
      )}
      {props.children}
    </div>
  );
}

function Age(props: { time: number | undefined }) {
  const age = useAge(props.time);
  return age === undefined ? null : <Aside text={age} />;
}

/** Drawn by the style sheet: the cell's label says it, and what is seen besides has to be part of the label. */
function Aside(props: { text: string }) {
  return <span className={styles.aside} data-text={props.text} />;
}

/** The view is made anew with every revision; what it says seldom changes. */
function sameCell(before: MatrixCellProps, after: MatrixCellProps): boolean {
  return same(before, after, (one, other, key) =>
    key === 'view'
      ? same(before.view, after.view, Object.is)
      : Object.is(one, other),
  );
}

function same<T extends object>(
  before: T,
  after: T,
  equal: (one: unknown, other: unknown, key: keyof T) => boolean,
): boolean {
  const keys = Object.keys(after) as Array<keyof T>;
  return (
    Object.keys(before).length === keys.length &&
    keys.every(key => equal(before[key], after[key], key))
  );
}
