import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { clusterDetails } from './clusterDetails';
import { Access } from './config';
import { FleetAnswer } from './FleetClusters';

/**
 * The clusters of the fleet beside those that the Kubernetes plugin has otherwise.
 *
 * @remarks
 * A cluster that is configured otherwise too stays as it is configured there, by name or address. While the fleet does not
 * answer, its last clusters stay, and the others are not touched.
 */
export class FleetClusterSupplier implements KubernetesClustersSupplier {
  #fleet: ClusterDetails[] = [];
  #readAt: number | undefined;
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
    const names = new Set(others.map(({ name }) => name));
    const urls = new Set(others.map(({ url }) => withoutSlash(url)));
    return [
      ...others,
      ...this.#fleet.filter(
        ({ name, url }) => !names.has(name) && !urls.has(withoutSlash(url)),
      ),
    ];
  }

  #refresh(): Promise<void> {
    const { access, now = () => performance.now() } = this.options;
    if (
      this.#readAt !== undefined &&
      now() - this.#readAt < access.refreshMilliseconds
    ) {
      return Promise.resolve();
    }
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
      this.#readAt = now();
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      const answer = await this.options.read();
      const { details, problems } = clusterDetails(
        answer,
        this.options.access.rules,
      );
      this.#fleet = details;
      this.#tell(problems.join('\n'));
    } catch (error) {
      this.#tell(
        `The clusters of the fleet cannot be read; the last ones stay. ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
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
