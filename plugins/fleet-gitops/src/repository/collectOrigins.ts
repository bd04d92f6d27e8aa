import type { ApplicationSetEvaluation } from '../applicationset';
import type { Application, ApplicationSet } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import { setHomeCluster } from '../sources/destinationCluster';
import type { RenderedCharts } from './chartObjects';
import type {
  EvaluatedApplicationSet,
  RepositoryEvaluation,
} from './evaluateRepository';
import { indexRepository } from './indexRepository';
import type { EvaluatedOrigin } from './originTypes';
import { OriginWalk } from './originWalk';
import { Place, Places } from './places';
import { mayMakeArgoObjects } from './sourcePattern';
import type { Declared, DeclaredCluster } from './types';

/** What makes Applications, with what the next state of the repository can use again. */
export interface CollectedOrigins {
  hub: HubSnapshot;
  origins: EvaluatedOrigin[];
  rendered: RenderedCharts;
  /** ApplicationSets that charts render, by key. */
  renderedSets: Map<string, EvaluatedApplicationSet>;
  /** Applications that make nothing but Argo CD objects. */
  bootstraps: ReadonlySet<Application>;
  /** Clusters that charts register in the hub, and names of the projects that they declare anywhere. */
  clusters: DeclaredCluster[];
  projects: string[];
}

/** Origins by the ApplicationSet that they are of: an unchanged one has the same origin in the next state. */
const originsOfSets = new WeakMap<
  EvaluatedApplicationSet,
  Map<string, EvaluatedOrigin>
>();

function originOfSet(
  set: EvaluatedApplicationSet,
  { path, home, notEvaluable }: Place,
): EvaluatedOrigin {
  let known = originsOfSets.get(set);
  if (!known) {
    known = new Map();
    originsOfSets.set(set, known);
  }
  const place = JSON.stringify([path, home, notEvaluable]);
  const cached = known.get(place);
  if (cached) return cached;
  const { name } = set.declared.object.metadata;
  const { file } = set.declared;
  let evaluation: ApplicationSetEvaluation | undefined;
  const origin: EvaluatedOrigin = {
    kind: 'applicationset',
    key: home === undefined ? set.key : `${home}/${set.key}`,
    name,
    file,
    declared: set.declared,
    path: [...path, { kind: 'applicationset', name, file }],
    ...(home === undefined ? {} : { home }),
    get evaluation() {
      evaluation ??=
        notEvaluable === undefined
          ? withHome(set.evaluation, home)
          : { status: 'not-evaluable', message: notEvaluable };
      return evaluation;
    },
  };
  known.set(place, origin);
  return origin;
}

function withHome(
  evaluation: ApplicationSetEvaluation,
  home: string | undefined,
): ApplicationSetEvaluation {
  if (home === undefined || evaluation.status !== 'ok') return evaluation;
  return {
    status: 'ok',
    applications: evaluation.applications.map(generated => {
      const application = { ...generated.application };
      setHomeCluster(application, home);
      return { ...generated, application };
    }),
  };
}

/**
 * Finds everything that makes Applications, from plain files down through charts of Applications.
 *
 * @param before - the answer for the state before: charts whose files are the same are not rendered again
 * @param evaluateSet - evaluates an ApplicationSet that a chart renders; gets the one of the state before
 */
export function collectOrigins(
  evaluation: Pick<
    RepositoryEvaluation,
    'repository' | 'hub' | 'applicationSets'
  >,
  before: CollectedOrigins | undefined,
  evaluateSet: (
    declared: Declared<ApplicationSet>,
    before: EvaluatedApplicationSet | undefined,
  ) => EvaluatedApplicationSet,
): CollectedOrigins {
  const { repository, hub, applicationSets } = evaluation;
  const places = new Places(repository, hub);
  const renderedSets = new Map<string, EvaluatedApplicationSet>();
  const walk = new OriginWalk({
    hub,
    before,
    isBootstrap: application => places.bootstraps.has(application),
    addSet: (declared, key, place) => {
      const set = evaluateSet(declared, before?.renderedSets.get(key));
      renderedSets.set(key, set);
      addSet(set, place);
    },
  });
  function addSet(set: EvaluatedApplicationSet, place: Place) {
    const origin = originOfSet(set, place);
    walk.origins.push(origin);
    if (mayMakeArgoObjects(set.declared.object, repository))
      walk.addGenerated(origin);
  }
  for (const set of applicationSets)
    for (const place of places.of(set.declared)) addSet(set, place);
  const declared = indexRepository(repository).applications.flatMap(
    application =>
      places.of(application).map(place => ({ application, place })),
  );
  for (const { application, place } of declared)
    walk.addDeclared(application, place);
  walk.run();
  return {
    hub,
    origins: walk.origins,
    rendered: walk.rendered,
    renderedSets,
    bootstraps: walk.bootstraps,
    clusters: walk.clusters,
    projects: walk.projects,
  };
}
