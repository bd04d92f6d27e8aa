import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/*
 * The fleet backend alone, with everybody allowed to do everything, on the hub and the repository of the configuration:
 * start the embedded hub with `npm run hub`, then `yarn start` here.
 *
 *   curl -H 'authorization: Bearer mock-user-token' http://localhost:7007/api/fleet/hubs
 */
const backend = createBackend();

backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'payments',
          title: 'Payments',
          annotations: { 'fleet/service': 'payments' },
        },
        spec: {
          type: 'service',
          owner: 'team-payments',
          lifecycle: 'production',
        },
      },
    ],
  }),
);
backend.add(import('../src'));

backend.start();
