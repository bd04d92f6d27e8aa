import { notFound, type ObjectStore, type Resource } from '../objects';
import { StatusError } from '../objects';
import { methodNotAllowed, pageNotFound, resourceNotFound } from './errors';
import type { ResourceRequest } from './requestInfo';

function badCollectionRequest(): StatusError {
  return new StatusError({
    code: 400,
    reason: 'BadRequest',
    message: 'name must be provided',
  });
}

function checkScope(
  resource: Resource,
  info: ResourceRequest,
  method: string,
): void {
  if (!resource.namespaced || info.namespace !== undefined) return;
  // Across all namespaces one can only list and watch.
  const readable = info.name === undefined && ['GET', 'HEAD'].includes(method);
  if (readable) return;
  if (resource.custom) throw pageNotFound();
  throw info.name === undefined
    ? methodNotAllowed(resource)
    : resourceNotFound();
}

function checkSubresource(resource: Resource, info: ResourceRequest): void {
  if (info.subresource === undefined) return;
  if (info.subresource === 'status' && resource.statusSubresource) return;
  throw resource.custom ? notFound(resource, info.name!) : resourceNotFound();
}

function checkMethod(
  resource: Resource,
  info: ResourceRequest,
  method: string,
): void {
  const { custom } = resource;
  const collection = info.name === undefined;
  switch (method) {
    case 'GET':
    case 'DELETE':
      return;
    case 'HEAD':
      if (custom) return;
      break;
    case 'POST':
      // A custom resource takes a POST to the path of one object; the name in the path does not matter.
      if (collection || custom) return;
      break;
    case 'PUT':
    case 'PATCH':
      if (!collection) return;
      if (custom) throw badCollectionRequest();
      break;
    default:
  }
  throw methodNotAllowed(resource);
}

/** The resource that a request is for; raises what the API server raises for paths and methods that it does not serve. */
export function routeResource(
  store: ObjectStore,
  info: ResourceRequest,
  method: string,
): Resource {
  const resource = store.findResource(info.group, info.version, info.plural);
  if (!resource) {
    throw info.group === '' ? resourceNotFound() : pageNotFound();
  }
  checkScope(resource, info, method);
  checkMethod(resource, info, method);
  checkSubresource(resource, info);
  return resource;
}
