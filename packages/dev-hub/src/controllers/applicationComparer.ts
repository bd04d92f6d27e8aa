import type {
  Application,
  ApplicationSource,
} from '@backstage-fleet/plugin-fleet-gitops';
import { appProjects, type ObjectStore, secrets } from '../objects';
import { ManifestError, type Manifests, type Repositories } from '../repo';
import type { Clusters, TargetCluster } from '../spokes';
import { isClusterSecret, toClusterRecord } from './clusterSecrets';
import { compare, type Comparison } from './comparison';
import { type Destination, findDestination } from './destinations';
import { ManifestCache } from './manifestCache';

/** What a comparison was made of, and what came out. */
export interface Compared {
  comparison: Comparison;
  manifests: Manifests;
  revision: string;
}

/** Finds out what an Application's sources want, and how that differs from what its cluster has. */
export class ApplicationComparer {
  readonly #store: ObjectStore;
  readonly #repositories: Repositories;
  readonly #clusters: Clusters;
  readonly #manifests = new ManifestCache();

  constructor(options: {
    store: ObjectStore;
    repositories: Repositories;
    clusters: Clusters;
  }) {
    this.#store = options.store;
    this.#repositories = options.repositories;
    this.#clusters = options.clusters;
  }

  /**
   * Compares with what the spec asks for, or with another source or revision, as a sync may name them.
   *
   * @throws ManifestError, UnreachableClusterError
   */
  async compare(
    application: Application,
    other: { source?: ApplicationSource; revision?: string } = {},
  ): Promise<Compared> {
    const source = other.source ?? sourcesOf(application)[0] ?? {};
    const url = source.repoURL ?? '';
    if (!this.#repositories.has(url)) {
      throw new ManifestError('failed to list refs: repository not found: ');
    }
    const wanted = other.revision || source.targetRevision || '';
    const revision = await this.#repositories.resolve(url, wanted);
    if (!revision) {
      throw new ManifestError(
        `unable to resolve '${wanted}' to a commit SHA: revision not found`,
      );
    }
    const { files } = await this.#repositories.snapshot(url, revision);
    const namespace = application.spec.destination?.namespace ?? 'default';
    const manifests = this.#manifests.render({
      files,
      source,
      application: application.metadata.name,
      namespace,
    });
    return {
      manifests,
      revision,
      comparison: compare({
        application: application.metadata.name,
        namespace,
        manifests: manifests.objects,
        target: this.target(application),
      }),
    };
  }

  /** Why the spec can lead to nothing. */
  specErrors(application: Application): string[] {
    const project = application.spec.project || 'default';
    const errors: string[] = [];
    if (
      !this.#store.find(appProjects, {
        name: project,
        namespace: application.metadata.namespace,
      })
    ) {
      errors.push(
        `Application referencing project ${project} which does not exist`,
      );
    }
    const { error } = this.destination(application);
    if (error) errors.push(error);
    return errors;
  }

  destination(application: Application): Destination {
    const clusters = this.#store
      .list(secrets, { namespace: application.metadata.namespace })
      .items.filter(isClusterSecret)
      .map(toClusterRecord);
    return findDestination(application.spec.destination, clusters);
  }

  /** @throws UnreachableClusterError */
  target(application: Application): TargetCluster {
    const { cluster, error } = this.destination(application);
    if (error !== undefined) throw new Error(error);
    return this.#clusters.open(cluster.server);
  }
}

export function sourcesOf(application: Application): ApplicationSource[] {
  return (
    application.spec.sources ??
    (application.spec.source ? [application.spec.source] : [])
  );
}
