import { IN_CLUSTER_SERVER } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { destinationCluster, isInCluster } from '../sources/destinationCluster';
import {
  KustomizationContent,
  kustomizeSettings,
  readKustomization,
} from '../sources/kustomization';
import { ResolvedSource, resolveSources } from '../sources/helmValues';
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
  /** Why it is not known what of the object gets there. */
  notEvaluable?: string;
}

/** An Application that applies a file, with what it may change about it. */
interface Manager {
  declared: Declared<Application>;
  notEvaluable?: string;
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
  private readonly managers = new Map<string, Manager[]>();
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
      const makesArgoObjects = sources
        .map(source => this.manage(declared, source, repository))
        .some(Boolean);
      if (makesArgoObjects) bootstraps.push({ declared, sources });
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

  /** Notes which files a source applies, and says whether it makes any Argo CD objects. */
  private manage(
    declared: Declared<Application>,
    source: ResolvedSource,
    repository: RepositorySnapshot,
  ): boolean {
    const kind = sourceKind(source);
    if (kind === 'chart') return mayRenderArgoObjects(source);
    if (kind === 'plugin' || source.repository.files !== repository.files)
      return false;
    const { files, reason }: KustomizationContent =
      kind === 'directory'
        ? { files: directoryFiles(source) }
        : readKustomization(repository, source.path);
    const notEvaluable =
      kind === 'kustomization'
        ? reason ?? kustomizeSettings(source.source)
        : undefined;
    const ofArgo = files.filter(file => declaresArgoObjects(repository, file));
    if (ofArgo.length > 0 && ofArgo.length === files.length && !notEvaluable)
      this.bootstraps.add(declared.object);
    for (const file of ofArgo) {
      const manager = {
        declared,
        ...(notEvaluable === undefined ? {} : { notEvaluable }),
      };
      const managers = this.managers.get(file);
      if (managers) managers.push(manager);
      else this.managers.set(file, [manager]);
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
    return this.of(declared, above).map(({ path, home, ...rest }) => ({
      ...rest,
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
      ({ declared: { object: manager } }) =>
        manager !== object && !above.includes(manager),
    );
    if (managers.length === 0) return [{ path: [], home: own }];
    const places = new Map<string | undefined, Place>();
    for (const { declared, notEvaluable } of managers) {
      for (const place of this.below(declared, [
        ...above,
        object as Application,
      ])) {
        const home = own ?? place.home;
        // One that applies it as it stands tells more than one that changes it in unknown ways.
        const known = places.get(home);
        if (!known || known.notEvaluable !== undefined)
          places.set(home, {
            ...(notEvaluable === undefined ? {} : { notEvaluable }),
            ...place,
            home,
          });
      }
    }
    return [...places.values()];
  }
}
