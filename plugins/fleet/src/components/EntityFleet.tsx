import { FLEET_SERVICE_ANNOTATION } from '@backstage-fleet/plugin-fleet-common';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Alert } from '@backstage/ui';
import { useFleetTranslation } from '../useFleetTranslation';
import { FleetCard, ServiceView } from './ServiceView';

/** The service view of the entity's service. */
export function EntityFleetContent() {
  const service = useEntityService();
  return service ? (
    <ServiceView service={service} withoutTitle />
  ) : (
    <NoAnnotation />
  );
}

/** The summary of the entity's service. */
export function EntityFleetCard() {
  const service = useEntityService();
  return service ? <FleetCard service={service} /> : <NoAnnotation />;
}

function useEntityService(): string | undefined {
  const { entity } = useEntity();
  return entity.metadata.annotations?.[FLEET_SERVICE_ANNOTATION] || undefined;
}

function NoAnnotation() {
  const { t } = useFleetTranslation();
  return (
    <Alert
      status="info"
      title={t('service.noAnnotation', {
        annotation: FLEET_SERVICE_ANNOTATION,
      })}
    />
  );
}
