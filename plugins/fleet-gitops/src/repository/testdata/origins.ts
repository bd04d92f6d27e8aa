import { edited } from '../../layouts/testdata/shopRepository';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';
import { destinationCluster } from '../../sources';
import { evaluateRepository } from '../evaluateRepository';
import {
  noClusters,
  platformRepository as platform,
} from './platformRepository';

export const evaluate = (
  files: Record<string, string | undefined> = {},
  hub: HubSnapshot = noClusters,
  base: RepositorySnapshot = platform,
) => evaluateRepository(edited(base, files), hub, { branch: 'main' });

/** One line for each Application: what made it, and where it goes; or why there is none. */
export function lines({ origins, hub }: ReturnType<typeof evaluate>): string[] {
  return origins.flatMap(({ path, evaluation }) => {
    const made = path.map(({ kind, name }) => `${kind} ${name}`).join(' > ');
    return evaluation.status === 'ok'
      ? evaluation.applications.map(
          ({ application }) =>
            `${made}: ${application.metadata.namespace}/${
              application.metadata.name
            } -> ${destinationCluster(application, hub.clusters)}`,
        )
      : [`${made}: ${evaluation.status}: ${evaluation.message}`];
  });
}

export const cluster = (name: string, server = `https://${name}`) => ({
  name,
  server,
  labels: {},
  annotations: {},
});

export const CHART = 'apiVersion: v2\nname: c\nversion: 1.0.0\n';
