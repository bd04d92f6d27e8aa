import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { clusterDetails } from './clusterDetails';
import { Access } from './config';
import { FleetAnswer } from './FleetClusters';

/** How long after a failure the fleet is asked again, in milliseconds, where its list would be good for longer. */
const RETRY = 5_000;

/**
 * The clusters of the fleet beside those that the Kubernetes plugin has otherwise.
 *
 * @remarks
 * A cluster that is configured otherwise too stays as it is configured there, by name or address. While the fleet does not
 * answer, its last clusters stay, and the others are not touched. Only before the first answer is anybody kept waiting: the
 * plugin asks for its clusters on each request, also on those by which the fleet itself may read its hubs.
 */
export class FleetClusterSupplier implements KubernetesClustersSupplier {
  #fleet: ClusterDetails[] | undefined;
  /** Until when nobody need ask. */
  #goodUntil = -Infinity;
  #reading: Promise<void> | undefined;
  #told = '';

  constructor(
    private readonly options: {
      access: Access;
      read: () => Promise<FleetAnswer>;
      /** Of the plugin's own configuration. */
      others?: KubernetesClustersSupplier;
      logger: LoggerService;
      /** Milliseconds since any time. */
      now?: () => number;
    },
  ) {}

  async getClusters(
    options: Parameters<KubernetesClustersSupplier['getClusters']>[0],
  ): Promise<ClusterDetails[]> {
    const [others = []] = await Promise.all([
      this.options.others?.getClusters(options),
      this.#refresh(),
    ]);
    const fleet = this.#fleet ?? [];
    const names = new Set(others.map(({ name }) => name));
    const urls = new Set(others.map(({ url }) => withoutSlash(url)));
    return [
      ...others,
      ...fleet.filter(
        ({ name, url }) => !names.has(name) && !urls.has(withoutSlash(url)),
      ),
    ];
  }

  async #refresh(): Promise<void> {
    if (this.#now() >= this.#goodUntil) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
    }
    if (!this.#fleet) await this.#reading;
  }

  async #read(): Promise<void> {
    const { access, read } = this.options;
    try {
      const { details, problems } = clusterDetails(await read(), access.rules);
      this.#fleet = details;
      this.#goodUntil = this.#now() + access.refreshMilliseconds;
      this.#tell(problems.join('\n'));
    } catch (error) {
      this.#goodUntil =
        this.#now() + Math.min(RETRY, access.refreshMilliseconds);
      this.#tell(
        `The clusters of the fleet cannot be read; the last ones stay. ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
  }

  #now(): number {
    return (this.options.now ?? (() => performance.now()))();
  }

  /** Says what is wrong once for as long as it lasts. */
  #tell(problem: string) {
    if (problem && problem !== this.#told) this.options.logger.warn(problem);
    this.#told = problem;
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
