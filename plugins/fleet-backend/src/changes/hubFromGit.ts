import type {
  ClusterRecord,
  RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';
import { parseAllDocuments } from 'yaml';

const CLUSTER_LABEL = 'argocd.argoproj.io/secret-type';

/**
 * Clusters and projects as Git declares them, for when no hub can be asked: cluster Secrets (labelled
 * `argocd.argoproj.io/secret-type: cluster`) and AppProjects.
 *
 * Projects stay `undefined` where Git declares none: they are then kept elsewhere, and cannot be checked.
 */
export function readHubFromGit(snapshot: RepositorySnapshot): {
  clusters: ClusterRecord[];
  projects?: string[];
} {
  const clusters: ClusterRecord[] = [];
  const projects: string[] = [];
  for (const [path, text] of snapshot.files) {
    if (!/\.ya?ml$/.test(path)) continue;
    if (!text.includes(CLUSTER_LABEL) && !text.includes('AppProject')) continue;
    for (const document of parseAllDocuments(text)) {
      if (document.errors.length) continue;
      const object = document.toJS();
      if (object?.kind === 'AppProject' && object.metadata?.name) {
        projects.push(object.metadata.name);
      }
      const cluster = readCluster(object);
      if (cluster) clusters.push(cluster);
    }
  }
  return {
    clusters,
    projects: projects.length ? ['default', ...projects] : undefined,
  };
}

function readCluster(object: any): ClusterRecord | undefined {
  const labels = object?.metadata?.labels ?? {};
  if (object?.kind !== 'Secret' || labels[CLUSTER_LABEL] !== 'cluster') {
    return undefined;
  }
  const field = (name: string): string | undefined =>
    object.stringData?.[name] ??
    (object.data?.[name] &&
      Buffer.from(object.data[name], 'base64').toString('utf8'));
  const server = field('server');
  if (!server) return undefined;
  return {
    name: field('name') ?? server,
    server,
    project: field('project'),
    labels,
    annotations: object.metadata.annotations ?? {},
  };
}
