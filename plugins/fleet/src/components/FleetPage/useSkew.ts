import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useRef } from 'react';
import { fleetApiRef } from '../../api';
import { useLoaded } from '../../live';
import { FleetMatrix } from '../../matrix/matrix';
import {
  RankedMatrix,
  Skew,
  daysOfRollups,
  skewDays,
  skewVersions,
} from '../../matrix/skew';

/**
 * How far each deployment is behind. The versions are compared here; the days between their commits are asked for, and
 * again whenever a deployment falls behind or catches up.
 */
export function useSkew(matrix: FleetMatrix): Skew {
  const api = useApi(fleetApiRef);
  const { services, clusters } = matrix;
  const ranked = useRef<RankedMatrix | undefined>(undefined);
  const versions = useMemo(
    () => skewVersions(matrix, ranked.current),
    [matrix],
  );
  useEffect(() => {
    ranked.current = { matrix, versions };
  }, [matrix, versions]);
  const someBehind = useMemo(() => versions.some(each => each > 0), [versions]);
  const { value: days, reload } = useLoaded(
    someBehind ? 'rollups' : undefined,
    async () => {
      const answer = await api.getMatrix(matrix.revision, { rollups: true });
      // A delta leaves the axes as they are.
      return (
        answer.rollups &&
        daysOfRollups(answer.rollups, answer.full ? answer.services : services)
      );
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
    () => ({
      versions,
      days: skewDays({ services, clusters }, versions, days),
    }),
    [services, clusters, versions, days],
  );
}
