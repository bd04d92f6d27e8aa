import { FLEET_SERVICE_ANNOTATION } from '@backstage-fleet/plugin-fleet-common';
import { Alert } from '@backstage/ui';
import { FleetMatrix } from '../../matrix/matrix';
import { useFleetTranslation } from '../../useFleetTranslation';

/** Says what is missing where there is nothing to show yet. */
export function NoFleet(props: { matrix: FleetMatrix }) {
  const { t } = useFleetTranslation();
  const clusters = props.matrix.clusters.length > 0;
  return (
    <Alert
      status="info"
      icon
      title={t(clusters ? 'matrix.noServices' : 'matrix.noClusters')}
      description={
        clusters
          ? t('matrix.noServicesHint', { annotation: FLEET_SERVICE_ANNOTATION })
          : t('matrix.noClustersHint')
      }
    />
  );
}
