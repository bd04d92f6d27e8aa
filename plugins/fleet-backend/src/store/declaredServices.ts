import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  FLEET_APPLICATION_SET_ANNOTATION,
  FLEET_SERVICE_ANNOTATION,
} from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationClaim, DeclaredService } from './records';
import { sourceRepository } from './sourceRepository';

/*
 * Annotations of the Argo CD plugins for Backstage, which many entities have already.
 * Source: `plugins/argocd/README.md` in RoadieHQ/roadie-backstage-plugins and backstage/community-plugins.
 */
const APP_NAME = 'argocd/app-name';
const APP_SELECTOR = 'argocd/app-selector';
const APP_NAMESPACE = 'argocd/app-namespace';
const PROJECT_NAME = 'argocd/project-name';
const INSTANCE_NAME = 'argocd/instance-name';

/** Annotations that make an entity a service of the fleet. */
export const SERVICE_ANNOTATIONS = [
  FLEET_SERVICE_ANNOTATION,
  FLEET_APPLICATION_SET_ANNOTATION,
  APP_NAME,
  APP_SELECTOR,
  PROJECT_NAME,
];

/**
 * The service that a catalog entity declares; `undefined` for an entity that says nothing of the fleet.
 *
 * A service is called what `fleet/service` says, and otherwise what the entity is called.
 *
 * @param githubHost - host of repositories that are named without one
 */
export function declaredService(
  entity: Entity,
  githubHost?: string,
): DeclaredService | undefined {
  const annotations = entity.metadata.annotations ?? {};
  if (!SERVICE_ANNOTATIONS.some(annotation => annotations[annotation])) {
    return undefined;
  }
  return {
    name: annotations[FLEET_SERVICE_ANNOTATION] || entity.metadata.name,
    title: entity.metadata.title ?? entity.metadata.name,
    entityRef: stringifyEntityRef(entity),
    owner: relation(entity, RELATION_OWNED_BY),
    system: relation(entity, RELATION_PART_OF, 'system'),
    source: sourceRepository(entity, githubHost),
    claims: readClaims(annotations),
  };
}

function readClaims(annotations: Record<string, string>): ApplicationClaim[] {
  const claims: ApplicationClaim[] = [];
  const applicationSet = annotations[FLEET_APPLICATION_SET_ANNOTATION];
  if (applicationSet) {
    claims.push({
      annotation: FLEET_APPLICATION_SET_ANNOTATION,
      applicationSet,
    });
  }
  const narrowed = {
    hub: annotations[INSTANCE_NAME] || undefined,
    namespace: annotations[APP_NAMESPACE] || undefined,
    project: annotations[PROJECT_NAME] || undefined,
  };
  const name = annotations[APP_NAME];
  if (name) claims.push({ ...narrowed, annotation: APP_NAME, name });

  const selector = annotations[APP_SELECTOR];
  if (selector) {
    claims.push({ ...narrowed, annotation: APP_SELECTOR, selector });
  }

  if (narrowed.project && !name && !selector) {
    claims.push({ ...narrowed, annotation: PROJECT_NAME });
  }
  return claims;
}

function relation(
  entity: Entity,
  type: string,
  kind?: string,
): string | undefined {
  return entity.relations?.find(
    item =>
      item.type === type &&
      (!kind || parseEntityRef(item.targetRef).kind === kind),
  )?.targetRef;
}
