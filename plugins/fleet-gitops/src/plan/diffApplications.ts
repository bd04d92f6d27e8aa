import type { PlannedApplication } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../model/argocd';
import type { HubSnapshot } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { differences, flatten } from './fieldChanges';
import { inputChanges, mayReadFiles } from './applicationInputs';
import { applicationsByName, differingApplications } from './applicationNames';
import type { RepositoryEvaluation } from '../repository/evaluateRepository';
import type { EvaluatedOrigin } from '../repository/originTypes';
import { destinationCluster } from '../sources/destinationCluster';
import type { FileChanges } from '../model/repository';
import { readApplicationVersion } from '../sources/version';
import { writtenApplication } from './writtenApplication';

/** What the destination says, for Applications whose cluster is not known. */
function namedDestination(application: Application): string {
  const { name, server } = application.spec.destination ?? {};
  return name || server || '';
}

export interface ApplicationChange extends PlannedApplication {
  /** The Application after the change; the one before for a deletion. */
  application: Application;
  known: boolean;
}

/** What `applicationsSync` lets the controller do. Source: Argo CD `docs/operator-manual/applicationset/Controlling-Resource-Modification.md`. */
function allows(
  set: EvaluatedOrigin | undefined,
  action: PlannedApplication['action'],
): boolean {
  const policy = set?.declared?.object.spec.syncPolicy?.applicationsSync;
  if (action === 'delete')
    return policy !== 'create-only' && policy !== 'create-update';
  if (action === 'change')
    return policy !== 'create-only' && policy !== 'create-delete';
  return true;
}

function describe(
  action: PlannedApplication['action'],
  application: Application,
  set: EvaluatedOrigin,
  hub: HubSnapshot,
  fields: PlannedApplication['fields'],
): ApplicationChange {
  const cluster = destinationCluster(application, hub.clusters);
  const version = readApplicationVersion(application, hub.repositories)?.text;
  return {
    action,
    name: application.metadata.name,
    namespace: application.metadata.namespace ?? '',
    cluster: cluster ?? namedDestination(application),
    ...(set.declared ? { applicationSet: set.name } : {}),
    ...(version === undefined ? {} : { version }),
    fields,
    application,
    known: cluster !== undefined,
  };
}

/** Compared are the parts that the ApplicationSet controller writes. */
function comparable({ metadata, spec }: Application) {
  const { labels, annotations, finalizers } = metadata;
  return flatten({ spec, metadata: { labels, annotations, finalizers } });
}

/** The change that an ApplicationSet is looked at for. */
export interface DiffContext {
  before: RepositoryEvaluation;
  after: RepositoryEvaluation;
  repository: RepositorySnapshot;
  changes: FileChanges;
}

/**
 * What a change does to the Applications of one origin: an ApplicationSet, a manifest, a chart of Applications. One that is
 * gone takes its Applications with it; one that fails leaves them as they are.
 */
export function diffOrigin(
  before: EvaluatedOrigin | undefined,
  after: EvaluatedOrigin | undefined,
  context: DiffContext,
): ApplicationChange[] {
  const readsFiles = after !== undefined && mayReadFiles(after, context);
  // Nothing that it reads is different: it need not even be evaluated.
  if (before === after && !readsFiles) return [];
  if (before && before.evaluation.status !== 'ok') return [];
  if (after && after.evaluation.status !== 'ok') return [];
  const candidates = differingApplications(
    before?.evaluation,
    after?.evaluation,
  );
  if (readsFiles) {
    // What stays as it is may still be rendered from other files.
    const known = new Set(candidates.map(pair => pair.after));
    for (const application of applicationsByName(after.evaluation).values()) {
      if (!known.has(application))
        candidates.push({ before: application, after: application });
    }
  }
  const result = candidates.flatMap(pair => {
    if (!pair.after)
      return describe('delete', pair.before!, before!, context.before.hub, []);
    return pair.before
      ? changeOf(pair.before, pair.after, after!, context) ?? []
      : describe('create', pair.after, after!, context.after.hub, []);
  });
  return result.filter(({ action }) => (after ? allows(after, action) : true));
}

function changeOf(
  previous: Application,
  generated: Application,
  set: EvaluatedOrigin,
  context: DiffContext,
): ApplicationChange | undefined {
  const application = writtenApplication(
    previous,
    generated,
    set.declared?.object,
  );
  const { before, after, changes } = context;
  const fields =
    previous === application
      ? []
      : differences(comparable(previous), comparable(application));
  // What only makes Argo CD objects has no effect but theirs, and these are compared themselves.
  if (!before.bootstraps.has(previous) || !after.bootstraps.has(generated)) {
    fields.push(
      ...inputChanges(
        { application: previous, lookup: before.hub.repositories },
        { application, lookup: after.hub.repositories },
        changes,
      ),
    );
  }
  if (fields.length === 0) return undefined;
  const change = describe('change', application, set, after.hub, fields);
  const oldVersion = readApplicationVersion(
    previous,
    before.hub.repositories,
  )?.text;
  const { version } = change;
  if (oldVersion === version) return change;
  const versions = {
    path: 'version',
    ...(oldVersion === undefined ? {} : { before: oldVersion }),
    ...(version === undefined ? {} : { after: version }),
  };
  return { ...change, fields: [versions, ...fields] };
}
