import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { GuardContext, list, stop } from './types';

/** Stops Applications whose AppProject does not exist. */
export function unknownProject({ changes, after }: GuardContext): Guard[] {
  const { projects } = after.hub;
  if (!projects) return [];
  const known = new Set(['default', ...projects, ...after.projects]);
  const unknown = changes.filter(
    ({ action, application }) =>
      action !== 'delete' && !known.has(application.spec.project || 'default'),
  );
  return unknown.length > 0
    ? [
        stop(
          'unknown-project',
          `${list(
            unknown.map(({ name }) => name),
          )} would belong to project ${list(
            unknown.map(({ application }) => application.spec.project!),
          )}, which does not exist.`,
        ),
      ]
    : [];
}
