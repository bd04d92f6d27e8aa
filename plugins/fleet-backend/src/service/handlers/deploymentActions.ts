import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { askerOf } from '../../changes';
import type { DeploymentActions } from '../deploymentActions';
import type { FleetRouter } from '../types';

/** `POST /deployments/{hub}/{namespace}/{name}/actions/{sync|refresh|rollback}` */
export function registerDeploymentActions(
  router: FleetRouter,
  {
    actions,
    httpAuth,
  }: { actions: DeploymentActions; httpAuth: HttpAuthService },
) {
  const path = '/deployments/:hub/:namespace/:name/actions';
  const idOf = (params: { hub: string; namespace: string; name: string }) =>
    `${params.hub}/${params.namespace}/${params.name}`;

  router.post(`${path}/sync`, async (request, response) => {
    const asker = await askerOf(httpAuth, request);
    const { params, body } = request;
    response.status(202).json(await actions.sync(asker, idOf(params), body));
  });

  router.post(`${path}/refresh`, async (request, response) => {
    const asker = await askerOf(httpAuth, request);
    const { params, body } = request;
    response.status(202).json(await actions.refresh(asker, idOf(params), body));
  });

  router.post(`${path}/rollback`, async (request, response) => {
    const asker = await askerOf(httpAuth, request);
    const { params, body } = request;
    const { change, written } = await actions.rollback(
      asker,
      idOf(params),
      body,
    );
    response.status(written ? 201 : 200).json(change);
  });
}
