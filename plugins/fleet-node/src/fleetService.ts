import {
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  Change,
  ChangeRequest,
  DefaultApiClient,
  Plan,
  PlanRequest,
} from '@backstage-fleet/plugin-fleet-common';

/**
 * The fleet backend for other backend plugins, always on behalf of somebody.
 *
 * @public
 */
export interface FleetService {
  createPlan(
    request: PlanRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<Plan>;
  createChange(
    request: ChangeRequest,
    options: { credentials: BackstageCredentials },
  ): Promise<Change>;
  getChange(
    id: string,
    options: { credentials: BackstageCredentials },
  ): Promise<Change>;
}

/** @public */
export const fleetServiceRef = createServiceRef<FleetService>({
  id: 'fleet.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      async factory({ auth, discovery }) {
        const client = new DefaultApiClient({ discoveryApi: discovery });

        const call = async <T>(
          credentials: BackstageCredentials,
          send: (token: string) => Promise<Response>,
        ): Promise<T> => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: credentials,
            targetPluginId: 'fleet',
          });
          const response = await send(token);
          if (!response.ok) throw await ResponseError.fromResponse(response);
          return response.json() as Promise<T>;
        };

        return {
          createPlan: (body, { credentials }) =>
            call<Plan>(credentials, token =>
              client.createPlan({ body }, { token }),
            ),
          createChange: (body, { credentials }) =>
            call<Change>(credentials, token =>
              client.createChange({ body }, { token }),
            ),
          getChange: (id, { credentials }) =>
            call<Change>(credentials, token =>
              client.getChange({ path: { id } }, { token }),
            ),
        };
      },
    }),
});
