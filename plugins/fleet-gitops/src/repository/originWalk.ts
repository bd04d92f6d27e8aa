import type { Application, ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { setHomeCluster } from '../sources/destinationCluster';
import { ResolvedSource, resolveSources } from '../sources/helmValues';
import { sourceKind } from '../sources/sourceKind';
import { sourcesOf } from '../sources/version';
import { ChartObjects, chartObjects, RenderedCharts } from './chartObjects';
import type { EvaluatedOrigin, OriginStep } from './originTypes';
import { homeBelow, Place } from './places';
import { normalized } from './namespaces';
import type { Declared, DeclaredCluster } from './types';

/** Charts of Applications of charts of Applications … end here. */
const MAX_DEPTH = 10;

/** What a walk needs to know. */
export interface WalkContext {
  hub: HubSnapshot;
  before:
    | { origins: readonly EvaluatedOrigin[]; rendered: RenderedCharts }
    | undefined;
  /** Whether an Application's directory holds nothing but Argo CD objects. */
  isBootstrap(application: Application): boolean;
  /** Takes an ApplicationSet that a chart renders. */
  addSet(declared: Declared<ApplicationSet>, key: string, place: Place): void;
}

/** What an origin was made of: where all of it is the same, so is the origin. */
const inputs = new WeakMap<EvaluatedOrigin, readonly unknown[]>();

/**
 * Follows Applications to the charts of Applications in their sources, and from there to further Applications.
 */
export class OriginWalk {
  readonly origins: EvaluatedOrigin[] = [];
  readonly rendered: RenderedCharts = new Map();
  /** What stands in plain files is known before what charts render: then a chart that renders its own Application ends. */
  private readonly pending: Array<() => void> = [];
  /** Applications whose charts render nothing but Argo CD objects. */
  readonly bootstraps = new Set<Application>();
  /** Clusters that charts register in the hub at hand. */
  readonly clusters: DeclaredCluster[] = [];
  /** Names of the projects that charts declare, in whichever Argo CD. */
  readonly projects: string[] = [];
  private readonly seen = new Set<string>();
  private readonly before: ReadonlyMap<string, EvaluatedOrigin>;

  constructor(private readonly context: WalkContext) {
    this.before = new Map(
      context.before?.origins.map(origin => [origin.key, origin]),
    );
  }

  /** Adds an origin, or the same one as before where it was made of the same. */
  private add(
    origin: EvaluatedOrigin,
    madeOf: readonly unknown[],
  ): EvaluatedOrigin {
    const all = [JSON.stringify(origin.path), ...madeOf];
    const before = this.before.get(origin.key);
    const known = before && inputs.get(before);
    const isSame =
      known?.length === all.length &&
      known.every((input, index) => input === all[index]);
    const added = isSame ? before! : origin;
    if (!isSame) inputs.set(origin, all);
    this.origins.push(added);
    return added;
  }

  /** Follows what was added. */
  run(): void {
    for (let next = this.pending.shift(); next; next = this.pending.shift())
      next();
  }

  /** Whether an Application of this name was not met yet in the Argo CD of this cluster. */
  private isNew(identity: string): boolean {
    if (this.seen.has(identity)) return false;
    this.seen.add(identity);
    return true;
  }

  /** Adds an Application that stands in a file. Of several with one name the first counts: Git does not say which wins. */
  addDeclared(declared: Declared<Application>, stands: Place): void {
    const { object, file } = declared;
    const { path, home, notEvaluable } = stands;
    const { name } = object.metadata;
    const identity = identityOf(normalized(object), home);
    if (!this.isNew(identity)) return;
    const place: Place = {
      path: [...path, { kind: 'application', name, file }],
      home,
    };
    const application = inHome(normalized(object), home);
    const { evaluation } = this.add(
      {
        kind: 'application',
        key: `application ${identity}`,
        name,
        file,
        ...place,
        evaluation:
          notEvaluable === undefined
            ? {
                status: 'ok',
                applications: [{ application, generator: '', params: {} }],
              }
            : { status: 'not-evaluable', message: notEvaluable },
      },
      [object, notEvaluable],
    );
    if (evaluation.status !== 'ok') return;
    const [{ application: kept }] = evaluation.applications;
    if (this.context.isBootstrap(object)) this.bootstraps.add(kept);
    this.pending.push(() => this.follow(kept, place, identity));
  }

  /** Follows the Applications that an ApplicationSet generates. */
  addGenerated({ evaluation, path, home }: EvaluatedOrigin): void {
    if (evaluation.status !== 'ok') return;
    for (const { application } of evaluation.applications) {
      const identity = identityOf(application, home);
      const { name } = application.metadata;
      const { file } = path[path.length - 1];
      if (!this.isNew(identity)) continue;
      const step: OriginStep = { kind: 'application', name, file };
      this.pending.push(() =>
        this.follow(application, { path: [...path, step], home }, identity),
      );
    }
  }

  private follow(application: Application, place: Place, identity: string) {
    const { hub, before } = this.context;
    const sources = resolveSources(sourcesOf(application), hub.repositories);
    sources.forEach((source, index) => {
      if (sourceKind(source) !== 'chart') return;
      const id = `${identity} ${index}`;
      const objects = chartObjects(
        application,
        source,
        id,
        before?.rendered,
        this.rendered,
      );
      if (objects?.status === 'ok' && isOnlyApplications(objects))
        this.bootstraps.add(application);
      if (objects) this.addChart({ application, place, source, id, objects });
    });
  }

  private addChart({ application, place, source, id, objects }: FollowedChart) {
    const file = source.path ? `${source.path}/Chart.yaml` : 'Chart.yaml';
    const path: OriginStep[] = [
      ...place.path,
      { kind: 'chart', name: source.path || '.', file },
    ];
    const home = homeBelow(application, place.home, this.context.hub);
    const origin = {
      kind: 'chart' as const,
      key: `chart ${id}`,
      name: application.metadata.name,
      application,
      path,
      home,
    };
    const result = limitDepth(objects, path);
    if (result.status !== 'ok') {
      const { status, message } = result;
      this.add(
        {
          ...origin,
          file: result.file ?? file,
          evaluation:
            status === 'error'
              ? { status, reason: 'ManifestGenerationError', message }
              : { status, message },
        },
        [objects, status],
      );
      return;
    }
    const { applications, applicationSets, clusters, projects } =
      result.objects;
    if (home === undefined) this.clusters.push(...clusters);
    this.projects.push(...projects);
    const children = applications.filter(({ object }) =>
      this.isNew(identityOf(object, home)),
    );
    const { evaluation } = this.add(
      {
        ...origin,
        file,
        evaluation: {
          status: 'ok',
          applications: children.map(child => ({
            application: inHome(child.object, home),
            generator: child.file,
            params: {},
          })),
        },
      },
      [home, ...children.map(({ object }) => object)],
    );
    if (evaluation.status === 'ok') {
      for (const child of evaluation.applications) {
        const step: OriginStep = {
          kind: 'application',
          name: child.application.metadata.name,
          file: child.generator,
        };
        this.follow(
          child.application,
          { path: [...path, step], home },
          identityOf(child.application, home),
        );
      }
    }
    for (const set of applicationSets) {
      const { namespace, name } = set.object.metadata;
      this.context.addSet(set, `${home ?? ''}/${namespace}/${name}`, {
        path,
        home,
      });
    }
  }
}

interface FollowedChart {
  application: Application;
  place: Place;
  source: ResolvedSource;
  id: string;
  objects: ChartObjects;
}

function identityOf({ metadata }: Application, home: string | undefined) {
  return `${home ?? ''}/${metadata.namespace}/${metadata.name}`;
}

/** The same file may be applied by several Argo CDs: each has an object of its own. */
function inHome(application: Application, home: string | undefined) {
  if (home === undefined) return application;
  const own = { ...application };
  setHomeCluster(own, home);
  return own;
}

/** Whether all that a chart renders is said by the Applications that come of it. */
function isOnlyApplications({
  objects: { clusters },
  hasOthers,
}: Extract<ChartObjects, { status: 'ok' }>): boolean {
  return !hasOthers && clusters.length === 0;
}

function limitDepth(objects: ChartObjects, path: OriginStep[]): ChartObjects {
  return path.filter(({ kind }) => kind === 'chart').length > MAX_DEPTH
    ? {
        status: 'not-evaluable',
        message: `Applications are nested more than ${MAX_DEPTH} charts deep`,
      }
    : objects;
}
