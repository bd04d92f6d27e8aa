import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useRef } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { FleetMatrix } from '../../matrix/matrix';
import { Skew, daysOfRollups, skewDays, skewVersions } from '../../matrix/skew';

/**
 * How far each deployment is behind. The versions are compared here; the days between their commits are asked for, and
 * again whenever a deployment falls behind or catches up.
 */
export function useSkew(matrix: FleetMatrix): Skew {
  const api = useApi(fleetApiRef);
  const versions = useSame(
    useMemo(() => skewVersions(matrix), [matrix]),
    sameNumbers,
  );
  const someBehind = useMemo(() => versions.some(each => each > 0), [versions]);
  const { value: days, reload } = useLoaded(
    someBehind ? 'rollups' : undefined,
    async () => {
      const answer = await api.getMatrix(matrix.revision, { rollups: true });
      // A delta leaves the axes as they are.
      const services = answer.full ? answer.services : matrix.services;
      return answer.rollups && daysOfRollups(answer.rollups, services);
    },
  );
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) {
      reload();
    }
    first.current = false;
  }, [versions, reload]);
  return useMemo(
    () => ({ versions, days: skewDays(matrix, versions, days) }),
    [matrix, versions, days],
  );
}

function useSame<T>(value: T, same: (before: T, after: T) => boolean): T {
  const kept = useRef(value);
  if (!same(kept.current, value)) {
    kept.current = value;
  }
  return kept.current;
}

function sameNumbers(before: Int16Array, after: Int16Array): boolean {
  return (
    before.length === after.length &&
    before.every((value, at) => value === after[at])
  );
}
