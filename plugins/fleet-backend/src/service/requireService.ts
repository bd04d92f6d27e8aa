import { NotFoundError } from '@backstage/errors';
import type { FleetStore } from '../store';
import type { Visibility } from './visibility';

/** @throws NotFoundError where the service is not known, and where it may not be seen, so that nobody learns of it */
export function requireService(
  store: FleetStore,
  visible: Visibility,
  service: string,
): void {
  if (!store.axes().rows.has(service) || !visible.service(service)) {
    throw new NotFoundError(
      `No service '${service}' is known: no Application on a hub belongs to it, and no catalog entity is annotated fleet/service: ${service}.`,
    );
  }
}
