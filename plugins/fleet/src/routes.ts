import {
  createExternalRouteRef,
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

/** The clusters. */
export const clustersRouteRef = createRouteRef();

/** The page of one cluster. */
export const clusterRouteRef = createSubRouteRef({
  parent: clustersRouteRef,
  path: '/:hub/:cluster',
});

/** The changes. */
export const changesRouteRef = createRouteRef();

/** The page of one change, also what notifications link to. */
export const changeRouteRef = createSubRouteRef({
  parent: changesRouteRef,
  path: '/:id',
});

/** The hubs. */
export const hubsRouteRef = createRouteRef();

/** The form of a template, for making a cluster. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});

/** The page of an entity in the catalog. */
export const entityRouteRef = createExternalRouteRef({
  params: ['kind', 'namespace', 'name'],
  defaultTarget: 'catalog.catalogEntity',
});
