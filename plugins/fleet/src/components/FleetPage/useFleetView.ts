import { useCallback, useMemo } from 'react';
import { useAddress } from '../common/useAddress';
import { CELL_STATES, CellState } from '../../matrix/cellView';
import { FleetFilter } from '../../matrix/filter';
import { GroupBy } from '../../matrix/rows';
import { Density, Lens } from '../Matrix';

/** How the page looks at the fleet. It lives in the address, so that a view can be sent to somebody. */
export interface FleetViewState extends FleetFilter {
  lens: Lens;
  density: Density;
  /** `undefined` leaves it to the data. */
  groupBy: GroupBy | undefined;
  collapsedGroups: string[];
  collapsedRegions: string[];
}

const LISTS = {
  environments: 'environment',
  regions: 'region',
  owners: 'owner',
  states: 'state',
  collapsedGroups: 'folded',
  collapsedRegions: 'foldedRegion',
} as const;

/** Reads a view from the parameters of an address; what it does not know it leaves out. */
export function viewOfParameters(parameters: URLSearchParams): FleetViewState {
  const one = <T extends string>(name: string, allowed: readonly T[]) =>
    allowed.find(value => value === parameters.get(name));
  return {
    text: parameters.get('q') ?? '',
    environments: parameters.getAll(LISTS.environments),
    regions: parameters.getAll(LISTS.regions),
    owners: parameters.getAll(LISTS.owners),
    states: parameters
      .getAll(LISTS.states)
      .filter((state): state is CellState =>
        (CELL_STATES as string[]).includes(state),
      ),
    mine: parameters.get('mine') === 'true',
    lens:
      one('lens', ['version', 'health', 'skew', 'changed'] as const) ??
      'version',
    density: one('rows', ['dense', 'comfortable'] as const) ?? 'dense',
    groupBy: one('by', ['system', 'owner', 'none'] as const),
    collapsedGroups: parameters.getAll(LISTS.collapsedGroups),
    collapsedRegions: parameters.getAll(LISTS.collapsedRegions),
  };
}

/** Writes a change of the view into the parameters of an address; what is as usual is left out. */
export function parametersOfView(
  before: URLSearchParams,
  change: Partial<FleetViewState>,
): URLSearchParams {
  const next = new URLSearchParams(before);
  const set = (name: string, value: string | undefined, usual?: string) => {
    if (!value || value === usual) {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  };
  if (change.text !== undefined) {
    set('q', change.text);
  }
  if (change.mine !== undefined) {
    set('mine', change.mine ? 'true' : undefined);
  }
  if (change.lens !== undefined) {
    set('lens', change.lens, 'version');
  }
  if (change.density !== undefined) {
    set('rows', change.density, 'dense');
  }
  if (change.groupBy !== undefined) {
    set('by', change.groupBy);
  }
  for (const [field, name] of Object.entries(LISTS)) {
    const values = change[field as keyof typeof LISTS];
    if (values !== undefined) {
      next.delete(name);
      values.forEach(value => next.append(name, value));
    }
  }
  return next;
}

/** The view in the address, and a way to change it. */
export function useFleetView(): [
  FleetViewState,
  (change: Partial<FleetViewState>) => void,
] {
  const [parameters, setParameters] = useAddress();
  const view = useMemo(() => viewOfParameters(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<FleetViewState>) =>
      setParameters(before => parametersOfView(before, part)),
    [setParameters],
  );
  return [view, change];
}
