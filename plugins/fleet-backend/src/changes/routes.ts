import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { TypedRouter } from '@backstage/backend-openapi-utils';
import { notModified } from '../http/notModified';
import type { EndpointMap } from '../schema/openapi';
import { askerOf } from './asker';
import type { AuthorizedChanges } from './authorizedChanges';

/** What the routes work with. */
export interface ChangeRoutesOptions {
  changes: AuthorizedChanges;
  httpAuth: HttpAuthService;
}

/** Adds `/plans` and `/changes` to the plugin's router. */
export function registerChangeRoutes(
  router: TypedRouter<EndpointMap>,
  { changes, httpAuth }: ChangeRoutesOptions,
): void {
  const asker = (request: Parameters<HttpAuthService['credentials']>[0]) =>
    askerOf(httpAuth, request);

  router.post('/plans', async (request, response) => {
    response.json(
      await changes.plan(await asker(request), request.body.intent),
    );
  });

  router.post('/changes', async (request, response) => {
    const { change, written } = await changes.create(
      await asker(request),
      request.body,
    );
    response.status(written ? 201 : 200).json(change);
  });

  router.post('/changes/:id/actions/:action', async (request, response) => {
    const { id, action } = request.params;
    response.json(await changes.act(await asker(request), id, action));
  });

  router.get('/changes', async (request, response) => {
    response.json(await changes.list(await asker(request), request.query));
  });

  router.get('/changes/:id', async (request, response) => {
    const { id } = request.params;
    const { tag, change } = await changes.look(await asker(request), id);
    if (notModified(request, response, tag)) return;
    response.json(await change());
  });
}
