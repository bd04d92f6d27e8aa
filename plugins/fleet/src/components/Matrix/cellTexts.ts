import { DeploymentState } from '@backstage-fleet/plugin-fleet-common';
import { CELL_STATES, CellState } from '../../matrix/cellView';
import { Behind } from '../../matrix/skew';
import { lastKnownText } from '../../states';
import { FleetTranslate } from '../../useFleetTranslation';
import { behindText, shortBehind } from './BehindLabel';

/** The texts of cells. They are translated once, because hundreds of cells are drawn while somebody scrolls. */
export interface CellTexts {
  state: Record<CellState, string>;
  /** "payments on spoke-eu". */
  on: (service: string, cluster: string) => string;
  /** "last known Healthy, 14 min ago". */
  lastKnown: (lastKnown: DeploymentState | undefined, age?: string) => string;
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
    state: Object.fromEntries(
      CELL_STATES.map(state => [state, t(`state.${state}`)]),
    ) as Record<CellState, string>,
    // By a function, because a name may hold what means something in a replacement.
    on: (service, cluster) =>
      on.replace(SERVICE, () => service).replace(CLUSTER, () => cluster),
    lastKnown: remembered(
      (lastKnown, age) => lastKnownText({ lastKnown }, age, t),
      (lastKnown, age) => `${lastKnown ?? ''} ${age ?? ''}`,
    ),
    behind: remembered(behind => behindText(behind, t), keyOfBehind),
    shortBehind: remembered(behind => shortBehind(behind, t), keyOfBehind),
  };
}

function keyOfBehind({ versions, days }: Behind): string {
  return `${versions} ${days ?? ''}`;
}

function remembered<T extends unknown[]>(
  make: (...given: T) => string,
  keyOf: (...given: T) => string,
) {
  const texts = new Map<string, string>();
  return (...given: T) => {
    const key = keyOf(...given);
    const text = texts.get(key) ?? make(...given);
    texts.set(key, text);
    return text;
  };
}
