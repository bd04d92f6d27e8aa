import type { ApplicationRequest } from '@backstage-fleet/plugin-fleet-node';
import type { Clock } from '../clock';
import { HubStatusError } from '../problems';
import { ANSWER_MS } from '../readList';
import type { WritingHubTransport } from '../transport';
import { requestProblem } from './requestProblem';
import { sendRequest } from './sendRequest';
import { syncPatch, type SyncRequest } from './syncPatch';

/** Argo CD's own, which its controller takes away when it has compared. */
const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';
/** Argo CD's controller writes its Applications often. */
const MOST_TRIES = 5;

/** Asks Argo CD's controller to do something with an Application, by the hub's Kubernetes API. */
export class KubernetesRequests {
  constructor(
    private readonly transport: WritingHubTransport,
    private readonly clock: Clock,
  ) {}

  /** As `HubSource.request`. */
  async request(
    application: { namespace: string; name: string },
    request: ApplicationRequest,
    requester: string,
  ): Promise<void> {
    const { namespace, name } = application;
    const path = `/apis/argoproj.io/v1alpha1/namespaces/${encodeURIComponent(
      namespace,
    )}/applications/${encodeURIComponent(name)}`;
    try {
      if (request.action === 'sync') await this.#sync(path, request, requester);
      else {
        const annotations = { [REFRESH_ANNOTATION]: request.type };
        await this.#patch(path, { metadata: { annotations } });
      }
    } catch (error) {
      throw requestProblem(error, {
        ...application,
        action: request.action,
        api: 'kubernetes',
      });
    }
  }

  async #sync(
    path: string,
    request: SyncRequest,
    requester: string,
  ): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const application = await sendRequest(this.clock, ANSWER_MS, signal =>
        this.transport.get(path, signal),
      );
      try {
        await this.#patch(path, syncPatch(application, request, requester));
        return;
      } catch (error) {
        const written = error instanceof HubStatusError && error.code === 409;
        if (!written || attempt === MOST_TRIES) throw error;
      }
    }
  }

  #patch(path: string, body: object): Promise<unknown> {
    return sendRequest(this.clock, ANSWER_MS, signal =>
      this.transport.send(
        {
          method: 'PATCH',
          pathAndQuery: `${path}?fieldManager=backstage-fleet`,
          contentType: 'application/merge-patch+json',
          body,
        },
        signal,
      ),
    );
  }
}
