import { CellView } from '../matrix/cellView';
import { FleetTranslate } from '../useFleetTranslation';

/**
 * What a hatched cell was when somebody last looked, in words.
 *
 * @param age - how long ago that was, where it is known
 */
export function lastKnownText(
  view: Pick<CellView, 'lastKnown'>,
  age: string | undefined,
  t: FleetTranslate,
): string {
  const state = view.lastKnown && t(`state.${view.lastKnown}`);
  if (age === undefined) {
    return state ? t('cell.lastKnownState', { state }) : t('cell.neverSeen');
  }
  return state
    ? t('cell.lastKnown', { state, age })
    : t('cell.absentThen', { age });
}
