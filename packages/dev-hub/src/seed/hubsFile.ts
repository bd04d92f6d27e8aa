import { parseDocument } from 'yaml';
import { type Provisioner, PROVISIONERS } from '../provisioning';
import type { SourceDescription } from './sources';

/** A GitOps repository of an example. */
export interface RepositoryDescription {
  /** Name on the Git host, under the organization `acme`. */
  name: string;
  /** Folder of the example with its files. */
  folder: string;
  /** File of the example with its past; without it there is one commit. */
  history?: string;
  description: string;
}

/** A hub of an example. */
export interface HubDescription {
  name: string;
  /** Where the root Applications are that its Argo CD starts from: a repository by name, and a folder in it. */
  bootstrap: { repository: string; path: string };
  /** What is installed to make clusters. */
  provisioners: readonly Provisioner[];
  /** Clusters that are made get an API in this domain. */
  clusterDomain: string;
}

export interface HubsDescription {
  repositories: RepositoryDescription[];
  sources: SourceDescription[];
  hubs: HubDescription[];
}

const CLUSTER_DOMAIN = 'clusters.acme.example';

/** An example without `hubs.yaml`: one hub that follows `repository/`, with everything installed. */
export const ONE_HUB: HubsDescription = {
  repositories: [
    {
      name: 'fleet-gitops',
      folder: 'repository',
      history: 'history.yaml',
      description: 'Which service runs on which cluster, in which version',
    },
  ],
  sources: [],
  hubs: [
    {
      name: 'hub',
      bootstrap: { repository: 'fleet-gitops', path: 'bootstrap' },
      provisioners: PROVISIONERS,
      clusterDomain: CLUSTER_DOMAIN,
    },
  ],
};

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

function text(value: unknown, where: string, fallback?: string): string {
  if (value === undefined && fallback !== undefined) return fallback;
  if (typeof value !== 'string' || value === '') {
    throw new Error(`hubs.yaml: ${where} must be a text`);
  }
  return value;
}

function named(value: unknown, where: string): string {
  const name = text(value, where);
  if (!NAME.test(name)) {
    throw new Error(
      `hubs.yaml: ${where} must be lower case letters, digits and dashes, not ${name}`,
    );
  }
  return name;
}

function list(value: unknown, where: string): any[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Error(`hubs.yaml: ${where} must be a list with an entry`);
  }
  return value;
}

function provisioners(value: unknown, where: string): Provisioner[] {
  if (value === undefined) return [];
  if (
    !Array.isArray(value) ||
    value.some(name => !PROVISIONERS.includes(name))
  ) {
    throw new Error(
      `hubs.yaml: ${where} must be a list of ${PROVISIONERS.join(', ')}`,
    );
  }
  return value;
}

/**
 * Reads `hubs.yaml`, which names the GitOps repositories, the services' own repositories and the hubs of an example:
 *
 * ```yaml
 * repositories:
 *   - { name: fleet-gitops, folder: repository, history: history.yaml }
 *   - { name: edge-gitops, folder: edge }
 * sources:
 *   - { name: payments, tags: [v1.4.0, v1.5.0] }
 * hubs:
 *   - name: hub
 *     bootstrap: { repository: fleet-gitops, path: bootstrap }
 *     provisioners: [cluster-api, crossplane, kro]
 *   - name: edge
 *     bootstrap: { repository: edge-gitops, path: bootstrap }
 * ```
 *
 * Errors name the field.
 */
export function parseHubs(content: string): HubsDescription {
  const file = parseDocument(content).toJS() ?? {};
  const repositories = list(file.repositories, 'repositories').map(
    (entry: any, index: number): RepositoryDescription => {
      const where = `repositories[${index}]`;
      return {
        name: named(entry?.name, `${where}.name`),
        folder: text(entry.folder, `${where}.folder`),
        ...(entry.history === undefined
          ? {}
          : { history: text(entry.history, `${where}.history`) }),
        description: text(
          entry.description,
          `${where}.description`,
          entry.name,
        ),
      };
    },
  );
  const sources =
    file.sources === undefined
      ? []
      : list(file.sources, 'sources').map(
          (entry: any, index: number): SourceDescription => {
            const where = `sources[${index}]`;
            return {
              name: named(entry?.name, `${where}.name`),
              description: text(
                entry.description,
                `${where}.description`,
                entry.name,
              ),
              tags: list(entry.tags, `${where}.tags`).map((tag, at) =>
                text(tag, `${where}.tags[${at}]`),
              ),
            };
          },
        );
  const hubs = list(file.hubs, 'hubs').map(
    (entry: any, index: number): HubDescription => {
      const where = `hubs[${index}]`;
      const repository = text(
        entry?.bootstrap?.repository,
        `${where}.bootstrap.repository`,
      );
      if (!repositories.some(({ name }) => name === repository)) {
        throw new Error(
          `hubs.yaml: ${where}.bootstrap.repository names ${repository}, which is not among the repositories`,
        );
      }
      return {
        name: named(entry.name, `${where}.name`),
        bootstrap: {
          repository,
          path: text(entry.bootstrap.path, `${where}.bootstrap.path`),
        },
        provisioners: provisioners(entry.provisioners, `${where}.provisioners`),
        clusterDomain: text(
          entry.clusterDomain,
          `${where}.clusterDomain`,
          CLUSTER_DOMAIN,
        ),
      };
    },
  );
  for (const [what, entries] of [
    ['repositories and sources', [...repositories, ...sources]],
    ['hubs', hubs],
  ] as const) {
    const names = entries.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`hubs.yaml: ${what} has ${twice} twice`);
  }
  return { repositories, sources, hubs };
}
