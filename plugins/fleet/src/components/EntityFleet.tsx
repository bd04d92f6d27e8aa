import {
  FLEET_CLUSTER_ANNOTATION,
  FLEET_SERVICE_ANNOTATION,
} from '@backstage-fleet/plugin-fleet-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import { useFleetTranslation } from '../useFleetTranslation';
import { ClusterCard } from './ClusterPage';
import { FleetCard, ServiceView } from './ServiceView';

/** The service view of the entity's service. */
export function EntityFleetContent() {
  const service = useAnnotation(FLEET_SERVICE_ANNOTATION);
  return service ? (
    <ServiceView service={service} withoutTitle />
  ) : (
    <NoAnnotation name={FLEET_SERVICE_ANNOTATION} />
  );
}

/** The summary of the entity's service. */
export function EntityFleetCard() {
  const service = useAnnotation(FLEET_SERVICE_ANNOTATION);
  return service ? (
    <FleetCard service={service} />
  ) : (
    <NoAnnotation name={FLEET_SERVICE_ANNOTATION} />
  );
}

/** The summary of the entity's cluster. */
export function EntityFleetClusterCard() {
  const cluster = useAnnotation(FLEET_CLUSTER_ANNOTATION);
  return cluster ? (
    <ClusterCard id={cluster} />
  ) : (
    <NoAnnotation name={FLEET_CLUSTER_ANNOTATION} />
  );
}

function useAnnotation(name: string): string | undefined {
  const { entity } = useEntity();
  return entity.metadata.annotations?.[name] || undefined;
}

function NoAnnotation(props: { name: string }) {
  const { t } = useFleetTranslation();
  return (
    <Alert
      status="info"
      title={t('service.noAnnotation', { annotation: props.name })}
    />
  );
}
