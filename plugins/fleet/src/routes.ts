import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The fleet page. */
export const rootRouteRef = createRouteRef();

/** The page of one service. */
export const serviceRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/services/:service',
});
