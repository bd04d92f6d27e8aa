import {
  type Application,
  evaluateRepository,
  type HubSnapshot,
  type RepositorySnapshot,
} from '@backstage-fleet/plugin-fleet-gitops';

/**
 * The Applications that a repository's ApplicationSets generate for a hub, by `namespace/name`.
 *
 * ApplicationSets that cannot be evaluated are left out: what they would generate is not known.
 */
export function desiredApplications(
  repository: RepositorySnapshot,
  branch: string,
  hub: HubSnapshot,
): Map<string, Application> {
  const applications = new Map<string, Application>();
  const { applicationSets } = evaluateRepository(repository, hub, { branch });
  for (const { evaluation } of applicationSets) {
    if (evaluation.status !== 'ok') continue;
    for (const { application } of evaluation.applications) {
      const { namespace, name } = application.metadata;
      applications.set(`${namespace}/${name}`, application);
    }
  }
  return applications;
}
