import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import type { Application } from '../../model/argocd';
import type { ApplicationSetEvaluation } from '../../applicationset';
import { homeCluster } from '../../sources/destinationCluster';
import { findApplication, hasUniqueNames } from '../applicationNames';
import { differing, GuardContext, list, stop } from './types';

/** Stops a change after which two sources make an Application of one name. */
export function duplicateNames(context: GuardContext): Guard[] {
  const { after, changes } = context;
  const created = changes
    .filter(({ action }) => action === 'create')
    .map(({ application }) => nameKey(application));
  const owners = new Map<string, string[]>(
    [...created, ...differing(context).flatMap(repeatedNames)].map(key => [
      key,
      [],
    ]),
  );
  if (owners.size === 0) return [];
  const names = new Set([...owners.keys()].map(nameOfKey));
  for (const { name, evaluation } of after.origins) {
    if (evaluation.status !== 'ok') continue;
    for (const application of applicationsNamed(names, evaluation))
      owners.get(nameKey(application))?.push(name);
  }
  return [...owners]
    .filter(([, sets]) => sets.length > 1)
    .map(([key, sets]) =>
      stop(
        'duplicate-name',
        `Application \`${nameOfKey(key)}\` would be generated ${
          sets.length
        } times, by ${list(sets)}. Argo CD applies none of them.`,
      ),
    );
}

/** Names that an ApplicationSet generates more often than before, though once already. */
function repeatedNames({
  set,
  old,
}: ReturnType<typeof differing>[number]): string[] {
  const { evaluation } = set;
  if (evaluation.status !== 'ok' || hasUniqueNames(evaluation)) return [];
  const keys = evaluation.applications.map(({ application }) =>
    nameKey(application),
  );
  const repeated = new Set(
    keys.length === new Set(keys).size
      ? []
      : keys.filter((key, index) => keys.indexOf(key) !== index),
  );
  if (repeated.size === 0 || old?.evaluation.status !== 'ok')
    return [...repeated];
  const before = old.evaluation.applications.map(({ application }) =>
    nameKey(application),
  );
  const times = (all: string[], key: string) =>
    all.filter(item => item === key).length;
  return [...repeated].filter(key => times(keys, key) > times(before, key));
}

/** The Applications with one of these names, looked up where each name is there once. */
function applicationsNamed(
  names: ReadonlySet<string>,
  evaluation: ApplicationSetEvaluation & { status: 'ok' },
): Application[] {
  if (hasUniqueNames(evaluation)) {
    return [...names].flatMap(name => findApplication(evaluation, name) ?? []);
  }
  return evaluation.applications.flatMap(({ application }) =>
    names.has(application.metadata.name) ? application : [],
  );
}

/** Names are unique in one Argo CD; each standalone cluster has its own. */
function nameKey(application: Application) {
  const { namespace, name } = application.metadata;
  return `${homeCluster(application) ?? ''} ${namespace}/${name}`;
}

function nameOfKey(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
