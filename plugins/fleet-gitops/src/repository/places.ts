import type { Application } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import {
  destinationCluster,
  IN_CLUSTER_SERVER,
  isInCluster,
} from '../sources/destinationCluster';
import { resolveSources } from '../sources/helmValues';
import { sourceKind } from '../sources/sourceKind';
import { sourcesOf } from '../sources/version';
import { mayRenderArgoObjects } from './chartObjects';
import { Bootstrap, homesOf } from './homeRule';
import { declaresArgoObjects, indexRepository } from './indexRepository';
import { directoryFiles } from './managedFiles';
import type { OriginStep } from './originTypes';
import type { Declared } from './types';

/** Where an object stands: what applies it, and whose Argo CD has it. */
export interface Place {
  path: OriginStep[];
  /** The cluster with the Argo CD; `undefined` for the hub at hand. */
  home: string | undefined;
}

/** The hub's own cluster by the name that the fleet's files give it. */
function selfOf({ self, clusters }: HubSnapshot): string | undefined {
  return (
    self ?? clusters.find(({ server }) => server === IN_CLUSTER_SERVER)?.name
  );
}

/** Objects are created on the cluster that their Application goes to; the Argo CD there has them. */
export function homeBelow(
  application: Application,
  home: string | undefined,
  { clusters }: HubSnapshot,
): string | undefined {
  if (isInCluster(application)) return home;
  const name = destinationCluster(application, clusters);
  const server = clusters.find(cluster => cluster.name === name)?.server;
  return server === IN_CLUSTER_SERVER ? home : name ?? home;
}

/**
 * Where the objects in plain files stand. One that an Application's directory holds belongs to that Application, and to
 * each of them where there are several; all others are taken as applied to the hub by hand.
 */
export class Places {
  /** Applications whose directories hold nothing but Argo CD objects. */
  readonly bootstraps = new Set<Application>();
  private readonly managers = new Map<string, Declared<Application>[]>();
  private readonly homes: Map<Application, string>;
  private readonly elsewhere: Set<Application>;

  constructor(
    repository: RepositorySnapshot,
    private readonly hub: HubSnapshot,
  ) {
    const bootstraps: Bootstrap[] = [];
    for (const declared of indexRepository(repository).applications) {
      const sources = resolveSources(
        sourcesOf(declared.object),
        hub.repositories,
      );
      let isBootstrap = false;
      for (const source of sources) {
        const kind = sourceKind(source);
        if (kind === 'chart') isBootstrap ||= mayRenderArgoObjects(source);
        if (
          kind === 'directory' &&
          source.repository.files === repository.files
        )
          isBootstrap =
            this.manage(declared, directoryFiles(source), repository) ||
            isBootstrap;
      }
      if (isBootstrap) bootstraps.push({ declared, sources });
    }
    const self = selfOf(hub);
    this.homes = homesOf(bootstraps, hub.clusters, self);
    // Where the files name this hub's own cluster, what is for other clusters is not here.
    const names = [...this.homes.values()];
    this.elsewhere = new Set(
      self !== undefined && names.includes(self)
        ? [...this.homes.keys()].filter(key => this.homes.get(key) !== self)
        : [],
    );
  }

  private manage(
    declared: Declared<Application>,
    files: string[],
    repository: RepositorySnapshot,
  ): boolean {
    const ofArgo = files.filter(file => declaresArgoObjects(repository, file));
    if (ofArgo.length > 0 && ofArgo.length === files.length)
      this.bootstraps.add(declared.object);
    for (const file of ofArgo) {
      const managers = this.managers.get(file);
      if (managers) managers.push(declared);
      else this.managers.set(file, [declared]);
    }
    return ofArgo.length > 0;
  }

  /** Where an Application's own objects stand. */
  private below(
    declared: Declared<Application>,
    above: readonly Application[],
  ): Place[] {
    const { object, file } = declared;
    if (above.includes(object)) return [];
    const step: OriginStep = {
      kind: 'application',
      name: object.metadata.name,
      file,
    };
    return this.of(declared, above).map(({ path, home }) => ({
      path: [...path, step],
      home: homeBelow(object, home, this.hub),
    }));
  }

  /** The places of an object in a file, one for each Argo CD that has it; none where it is only on other hubs. */
  of(
    { object, file }: { object: object; file: string },
    above: readonly Application[] = [],
  ): Place[] {
    if (this.elsewhere.has(object as Application)) return [];
    const own = this.homes.get(object as Application);
    const managers = (this.managers.get(file) ?? []).filter(
      ({ object: manager }) => manager !== object && !above.includes(manager),
    );
    if (managers.length === 0) return [{ path: [], home: own }];
    const places = new Map<string | undefined, Place>();
    for (const manager of managers) {
      for (const place of this.below(manager, [
        ...above,
        object as Application,
      ])) {
        const home = own ?? place.home;
        if (!places.has(home)) places.set(home, { path: place.path, home });
      }
    }
    return [...places.values()];
  }
}
