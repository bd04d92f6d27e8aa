import type { ApplicationRequest } from '@backstage-fleet/plugin-fleet-node';
import type { Clock } from '../clock';
import type { WritingHubTransport } from '../transport';
import { requestProblem } from './requestProblem';
import { sendRequest } from './sendRequest';
import { REQUEST_INFO } from './syncPatch';

/** Argo CD answers when it has compared, or has resolved the revision, which takes a look at Git. */
const ANSWER_MS = 30_000;

/** Asks Argo CD to do something with an Application, by its own API. */
export class ArgocdRequests {
  constructor(
    private readonly transport: WritingHubTransport,
    private readonly clock: Clock,
  ) {}

  /** As `HubSource.request`. */
  async request(
    { namespace, name }: { namespace: string; name: string },
    request: ApplicationRequest,
    requester: string,
  ): Promise<void> {
    const path = `/api/v1/applications/${encodeURIComponent(name)}`;
    const inNamespace = `appNamespace=${encodeURIComponent(namespace)}`;
    try {
      await sendRequest(this.clock, ANSWER_MS, signal =>
        request.action === 'refresh'
          ? this.transport.get(
              `${path}?${inNamespace}&refresh=${request.type}`,
              signal,
            )
          : this.transport.send(
              {
                method: 'POST',
                pathAndQuery: `${path}/sync`,
                contentType: 'application/json',
                body: {
                  appNamespace: namespace,
                  strategy: { hook: {} },
                  // The sync is that of the token's account; who asked for it stands beside it.
                  infos: [
                    ...REQUEST_INFO,
                    { name: 'Requested by', value: requester },
                  ],
                  ...(request.revision ? { revision: request.revision } : {}),
                  ...(request.prune ? { prune: true } : {}),
                },
              },
              signal,
            ),
      );
    } catch (error) {
      throw requestProblem(error, {
        namespace,
        name,
        action: request.action,
        api: 'argocd',
      });
    }
  }
}
