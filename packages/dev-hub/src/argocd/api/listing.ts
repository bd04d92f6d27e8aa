import type { Request } from 'express';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { normalizeRepositoryUrl } from '@backstage-fleet/plugin-fleet-gitops';
import {
  orderedMetadata,
  parseLabelSelector,
  type ObjectList,
} from '../../objects';
import type { Account } from './accounts';
import { mayRead } from './accounts';
import { ApiError } from './ApiError';

/** The values of a query parameter that may be there several times. */
export function values(request: Request, name: string): string[] {
  const given = request.query[name];
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]).map(String);
}

export function value(request: Request, name: string): string | undefined {
  return values(request, name)[0];
}

/** An object as argocd-server sends it: without kind and apiVersion. */
export function sent({
  kind: _kind,
  apiVersion: _apiVersion,
  ...object
}: KubernetesObject): object {
  return { ...object, metadata: orderedMetadata(object.metadata) };
}

/** A list; empty ones have `null` for items. */
export function sentList(
  { resourceVersion }: Pick<ObjectList, 'resourceVersion'>,
  items: object[],
): object {
  return {
    metadata: { resourceVersion: String(resourceVersion) },
    items: items.length > 0 ? items : null,
  };
}

/** Whether an object is asked for. */
export type ObjectFilter = (object: KubernetesObject) => boolean;

/** A predicate for what a query for ApplicationSets asks for; who may see some projects only sees none. */
export function applicationSetFilter(
  request: Request,
  account: Account,
): ObjectFilter {
  const selects = selector(value(request, 'selector'));
  const name = value(request, 'name');
  return ({ metadata }) =>
    !account.projects &&
    selects(metadata.labels ?? {}) &&
    (name === undefined || name === metadata.name);
}

/** A predicate for what a query for Applications asks for. */
export function applicationFilter(
  request: Request,
  account: Account,
): ObjectFilter {
  const selects = selector(value(request, 'selector'));
  const projects = [
    ...values(request, 'projects'),
    ...values(request, 'project'),
  ];
  const name = value(request, 'name');
  const namespace = value(request, 'appNamespace');
  const repository = value(request, 'repo');
  return application => {
    const { metadata, spec = {} } = application as any;
    const project = spec.project || 'default';
    return (
      mayRead(account, project) &&
      selects(metadata.labels ?? {}) &&
      (projects.length === 0 || projects.includes(project)) &&
      (name === undefined || name === metadata.name) &&
      (namespace === undefined || namespace === metadata.namespace) &&
      (repository === undefined || usesRepository(spec, repository))
    );
  };
}

/** Raises 500 for a selector that cannot be read, as argocd-server does. */
export function selector(
  text: string | undefined,
): (labels: Record<string, string>) => boolean {
  try {
    return parseLabelSelector(text ?? '');
  } catch (error) {
    const { message } = error as Error;
    throw new ApiError(
      2,
      `error parsing the selector: ${message.replace(
        /^unable to parse requirement: /,
        'unable to parse requirement: ',
      )}`,
    );
  }
}

function usesRepository(spec: any, repository: string): boolean {
  const sources = spec.sources ?? (spec.source ? [spec.source] : []);
  return sources.some(
    ({ repoURL = '' }: { repoURL?: string }) =>
      normalizeRepositoryUrl(repoURL) === normalizeRepositoryUrl(repository),
  );
}
