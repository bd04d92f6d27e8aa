import {
  applicationRevisions,
  applicationState,
  type KubernetesObject,
  type Version,
} from '@backstage-fleet/plugin-fleet-common';
import { runningVersion } from '../versions/runningVersion';
import type { ApplicationRecord, ClusterEntry, GitVersions } from './records';
import type { ServiceIdentifier } from './serviceIdentity';

/** The id of an Application of a hub. */
export function applicationId(
  hub: string,
  { metadata }: Pick<KubernetesObject, 'metadata'>,
): string {
  return `${hub}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Concludes from an Application what pages ask for. */
export function readApplication(
  object: KubernetesObject,
  known: {
    id: string;
    hub: string;
    cluster: ClusterEntry;
    identifier: ServiceIdentifier;
    versions: GitVersions;
    imagesTellVersion?: boolean;
  },
): ApplicationRecord {
  const { id, hub, cluster, identifier, versions } = known;
  const { namespace = '', name, ownerReferences } = object.metadata;
  const applicationSet = ownerReferences?.find(
    ({ kind, controller }) => kind === 'ApplicationSet' && controller,
  )?.name;
  const identity = identifier.identify({
    hub,
    object,
    applicationSet,
    cluster,
  });
  const record: ApplicationRecord = {
    id,
    hub,
    namespace,
    name,
    object,
    state: applicationState(object),
    clusterId: cluster.id,
    applicationSet,
    service: identity?.service,
    namedBy: identity?.namedBy,
    versions,
    freshness: 'live',
  };
  record.running = runningOf(record, known.imagesTellVersion);
  return record;
}

/**
 * The version that runs: by the images and by what the chart says of them, or where images tell none, what was synced last.
 */
export function runningOf(
  { object, service, versions }: ApplicationRecord,
  imagesTellVersion = true,
): Version | undefined {
  const { runningImages } = applicationRevisions(object);
  if (!imagesTellVersion) {
    return versions.synced && { ...versions.synced, images: runningImages };
  }
  return runningVersion(runningImages, {
    service,
    repository: versions.imageRepository,
  });
}
