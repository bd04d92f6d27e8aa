import { Change } from '@backstage-fleet/plugin-fleet-common';
import { ServicePlace, versionsOf } from '../../matrix/places';
import { newestFirst } from '../../matrix/versions';

/** The versions that are known of a service, from what runs and from what changes brought or replaced; the newest first. */
export function knownVersions(
  service: string,
  places: ServicePlace[],
  changes: Change[],
): string[] {
  return newestFirst([
    ...versionsOf(places),
    ...changes.flatMap(change => versionsOfChange(service, change)),
  ]);
}

function versionsOfChange(service: string, change: Change): string[] {
  const { parameters } = change.intent;
  if (parameters.service !== service) {
    return [];
  }
  const asked =
    typeof parameters.version === 'string' ? [parameters.version] : [];
  const planned = change.plan.applications.flatMap(application => [
    ...(application.version ? [application.version] : []),
    ...application.fields
      .filter(field => field.path === 'version')
      .flatMap(field => [field.before ?? [], field.after ?? []].flat()),
  ]);
  return [...asked, ...planned];
}
