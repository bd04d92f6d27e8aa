import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { ClusterRecord } from '../model/fleetSnapshot';

/** The fields that are ever read of a cluster Secret; `config` holds its credentials and is left alone. */
type Field = 'name' | 'server' | 'project';

/**
 * Reads a cluster Secret as Argo CD does, without its credentials. `stringData` comes before `data`.
 */
export function clusterOf(secret: KubernetesObject): ClusterRecord {
  const field = (name: Field): string | undefined => {
    const plain = secret.stringData?.[name];
    if (typeof plain === 'string') return plain;
    const encoded = secret.data?.[name];
    return typeof encoded === 'string' ? decodeBase64(encoded) : undefined;
  };
  const project = field('project');
  return {
    name: field('name') ?? secret.metadata.name,
    server: field('server') ?? '',
    ...(project === undefined ? {} : { project }),
    labels: strings(secret.metadata.labels),
    annotations: strings(secret.metadata.annotations),
  };
}

function decodeBase64(encoded: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(encoded), character =>
      character.charCodeAt(0),
    );
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

function strings(
  record: Record<string, unknown> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
