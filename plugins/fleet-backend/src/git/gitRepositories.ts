import type { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  GitHost,
  GitRepository,
} from '@backstage-fleet/plugin-fleet-node';

/** One entry of `fleet.repositories`. */
export interface RepositoryConfig {
  id: string;
  url: string;
  branch: string;
  /** Ids of the hubs whose Argo CD reads this repository. */
  hubs: string[];
  /** Name of a layout, where it is not to be recognised by itself. */
  layout?: string;
}

/** Reads `fleet.repositories`. */
export function readRepositoryConfigs(config: Config): RepositoryConfig[] {
  return (config.getOptionalConfigArray('fleet.repositories') ?? []).map(
    item => ({
      id: item.getString('id'),
      url: item.getString('url'),
      branch: item.getOptionalString('branch') ?? 'main',
      hubs: item.getOptionalStringArray('hubs') ?? [],
      layout: item.getOptionalString('layout'),
    }),
  );
}

/** The configured GitOps repositories, opened on the host that serves each. */
export class GitRepositories {
  readonly configs: RepositoryConfig[];
  readonly #hosts: GitHost[];

  /** @param options.hosts - The first that handles a repository's address opens it. */
  constructor(options: { configs: RepositoryConfig[]; hosts: GitHost[] }) {
    this.configs = options.configs;
    this.#hosts = options.hosts;
  }

  /** The repository with this id; without one, the only one there is. */
  config(id?: string): RepositoryConfig {
    const ids = this.configs.map(config => config.id);
    if (id === undefined) {
      if (ids.length === 1) return this.configs[0];
      throw new InputError(
        ids.length === 0
          ? 'No GitOps repository is configured: add one to fleet.repositories.'
          : `intent.repository is missing: name one of ${ids.join(', ')}.`,
      );
    }
    const found = this.configs.find(config => config.id === id);
    if (!found) {
      throw new InputError(
        `intent.repository "${id}" is not configured: use one of ${ids.join(
          ', ',
        )}.`,
      );
    }
    return found;
  }

  async open(config: RepositoryConfig): Promise<GitRepository> {
    const host = this.#hosts.find(item => item.handles(config.url));
    if (!host) {
      throw new NotFoundError(
        `No integration serves ${config.url} (repository ${config.id}): add its host to integrations.github.`,
      );
    }
    return host.open(config.url);
  }

  /** A repository that is not configured, a service's sources for example; `undefined` where no host serves it. */
  async openOther(url: string): Promise<GitRepository | undefined> {
    return this.#hosts.find(item => item.handles(url))?.open(url);
  }
}
