import {
  ChangeRequest,
  DefaultApiClient,
  FindDeployments,
  GetChanges,
  GetClusters,
  Intent,
  RefreshRequest,
  SyncRequest,
  TypedResponse,
} from '@backstage-fleet/plugin-fleet-common';
import { ResponseError } from '@backstage/errors';
import { ChangeAction, FleetApi, MatrixOptions } from './FleetApi';

/**
 * {@link FleetApi} over HTTP, with the client generated from the API description.
 *
 * @public
 */
export class FleetClient implements FleetApi {
  readonly #client: DefaultApiClient;

  constructor(options: ConstructorParameters<typeof DefaultApiClient>[0]) {
    this.#client = new DefaultApiClient(options);
  }

  async getMatrix(since?: number, options: MatrixOptions = {}) {
    const { rollups } = options;
    return read(await this.#client.getMatrix({ query: { since, rollups } }));
  }

  async getHubs() {
    return read(await this.#client.getHubs({}));
  }

  async getClusters(filter: GetClusters['query'] = {}) {
    return read(await this.#client.getClusters({ query: filter }));
  }

  async getServices(text?: string) {
    return read(await this.#client.getServices({ query: { text } }));
  }

  async getDeployments(service: string) {
    return read(
      await this.#client.getDeployments({ path: { service }, query: {} }),
    );
  }

  async getServiceVersions(service: string) {
    return read(await this.#client.getServiceVersions({ path: { service } }));
  }

  async syncDeployment(id: string, options: SyncRequest = {}) {
    return read(
      await this.#client.syncDeployment({ path: partsOf(id), body: options }),
    );
  }

  async refreshDeployment(id: string, options: RefreshRequest = {}) {
    return read(
      await this.#client.refreshDeployment({
        path: partsOf(id),
        body: options,
      }),
    );
  }

  async findDeployments(filter: FindDeployments['query']) {
    return read(await this.#client.findDeployments({ query: filter }));
  }

  async explain(service: string, cluster: string) {
    return read(await this.#client.explain({ query: { service, cluster } }));
  }

  async getRepositories() {
    return read(await this.#client.getRepositories({}));
  }

  async getBlueprints() {
    return (await read(await this.#client.getBlueprints({}))).items;
  }

  async createPlan(intent: Intent) {
    return read(await this.#client.createPlan({ body: { intent } }));
  }

  async createChange(request: ChangeRequest) {
    return read(await this.#client.createChange({ body: request }));
  }

  async getChange(id: string) {
    return read(await this.#client.getChange({ path: { id } }));
  }

  async getChanges(filter: GetChanges['query'] = {}) {
    return read(await this.#client.getChanges({ query: filter }));
  }

  async actOnChange(id: string, action: ChangeAction) {
    return read(await this.#client.actOnChange({ path: { id, action } }));
  }
}

/** The parts of a deployment's id. */
function partsOf(id: string) {
  const [hub, namespace, name] = id.split('/');
  return { hub, namespace, name };
}

async function read<T>(response: TypedResponse<T>): Promise<T> {
  if (!response.ok) {
    throw await ResponseError.fromResponse(response as unknown as Response);
  }
  return response.json();
}
