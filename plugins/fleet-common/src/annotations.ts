/** Annotation on a catalog entity: the service's name on the fleet. */
export const FLEET_SERVICE_ANNOTATION = 'fleet/service';

/** Annotation on a catalog entity: the ApplicationSet that carries the service, as `name` or `namespace/name`. */
export const FLEET_APPLICATION_SET_ANNOTATION = 'fleet/application-set';

/** Label on an Argo CD Application: the service it belongs to. */
export const FLEET_SERVICE_LABEL = 'fleet/service';

/** Annotation on a claim: the blueprint that the cluster was made from. */
export const FLEET_BLUEPRINT_ANNOTATION = 'fleet/blueprint';

/** Annotation on a claim: the name by which Argo CD knows the cluster. Without it the claim's own name counts. */
export const FLEET_CLUSTER_ANNOTATION = 'fleet/cluster';
