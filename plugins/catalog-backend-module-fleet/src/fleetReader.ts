import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { DefaultApiClient, Matrix } from '@backstage-fleet/plugin-fleet-common';

/** Asks the fleet's backend what runs where, in the name of the catalog. */
export class FleetReader {
  #etag: string | undefined;

  constructor(
    private readonly options: {
      auth: AuthService;
      discovery: DiscoveryService;
      fetch?: typeof fetch;
    },
  ) {}

  /**
   * The services, the clusters, and which runs where; `undefined` where nothing changed since the last answer.
   *
   * @throws a `ResponseError` where the backend refuses, a `TypeError` where it does not answer
   */
  async read(signal?: AbortSignal): Promise<Matrix | undefined> {
    const { auth, discovery, fetch: send = fetch } = this.options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'fleet',
    });
    const etag = this.#etag;
    const client = new DefaultApiClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: (url, init) =>
          send(url, {
            ...init,
            signal,
            headers: {
              ...(init?.headers as Record<string, string>),
              // Without a cache control of ours, fetch adds `no-cache` to conditional requests, and nothing is ever 304.
              ...(etag && {
                'If-None-Match': etag,
                'Cache-Control': 'max-age=0',
              }),
            },
          }),
      },
    });
    const response = await client.getMatrix({ query: {} }, { token });
    if (response.status === 304) return undefined;
    if (!response.ok) {
      throw await ResponseError.fromResponse(response as unknown as Response);
    }
    const matrix = await response.json();
    this.#etag =
      (response as unknown as Response).headers.get('etag') ?? undefined;
    return matrix;
  }

  /** Asks for the whole next time. */
  forget(): void {
    this.#etag = undefined;
  }
}
