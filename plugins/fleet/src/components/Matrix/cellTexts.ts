import { CELL_STATES, CellState } from '../../matrix/cellView';
import { Behind } from '../../matrix/skew';
import { FleetTranslate } from '../../useFleetTranslation';
import { behindText, shortBehind } from './BehindLabel';

/** The texts of cells. They are translated once, because hundreds of cells are drawn while somebody scrolls. */
export interface CellTexts {
  t: FleetTranslate;
  state: Record<CellState, string>;
  /** "payments on spoke-eu". */
  on: (service: string, cluster: string) => string;
  /** "2 behind, 12 days". */
  behind: (behind: Behind) => string;
  /** "12 d". */
  shortBehind: (behind: Behind) => string;
}

const SERVICE = '\u0001';
const CLUSTER = '\u0002';

/** Texts of cells in the reader's language. */
export function cellTexts(t: FleetTranslate): CellTexts {
  const on = t('cell.on', { service: SERVICE, cluster: CLUSTER });
  return {
    t,
    state: Object.fromEntries(
      CELL_STATES.map(state => [state, t(`state.${state}`)]),
    ) as Record<CellState, string>,
    // By a function, because a name may hold what means something in a replacement.
    on: (service, cluster) =>
      on.replace(SERVICE, () => service).replace(CLUSTER, () => cluster),
    behind: remembered(behind => behindText(behind, t)),
    shortBehind: remembered(behind => shortBehind(behind, t)),
  };
}

function remembered(make: (behind: Behind) => string) {
  const texts = new Map<string, string>();
  return (behind: Behind) => {
    const key = `${behind.versions} ${behind.days ?? ''}`;
    const text = texts.get(key) ?? make(behind);
    texts.set(key, text);
    return text;
  };
}
