import {
  badRequest,
  type KubernetesObject,
  type Resource,
  type UpdateOptions,
} from '../objects';
import type { ApiContext, ResourceCall } from './context';
import { sendCall } from './read';
import { representObject } from './representations';
import { readObject } from './requestBody';
import { writeOptionsOf } from './writeOptions';

export function answer(
  context: ApiContext,
  call: ResourceCall,
  code: number,
  object: KubernetesObject,
): void {
  sendCall(
    call,
    code,
    representObject(
      call.resource,
      object,
      call.representation,
      call.query,
      context.clock.now(),
    ),
  );
}

export function takeNamespace(
  call: ResourceCall,
  object: KubernetesObject,
): void {
  if (!call.resource.namespaced) return;
  const { namespace } = call.info;
  const named = object.metadata.namespace;
  if (named && named !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  object.metadata.namespace = namespace;
}

/** An object of a request in the version that objects are stored in. */
export function toStorage(
  resource: Resource,
  object: KubernetesObject,
): KubernetesObject {
  return resource.conversion?.toStorage(object) ?? object;
}

export async function serveCreate(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const options = writeOptionsOf(call, 'CreateOptions');
  const object = await readObject(call.message, call.resource);
  takeNamespace(call, object);
  const created = context.store.create(
    call.resource,
    toStorage(call.resource, object),
    options,
  );
  answer(context, call, 201, created);
}

export async function serveUpdate(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { resource, info } = call;
  const options: UpdateOptions = {
    ...writeOptionsOf(call, 'UpdateOptions'),
    status: info.subresource === 'status',
  };
  const object = await readObject(call.message, resource);
  takeNamespace(call, object);
  const { name } = object.metadata;
  if (name && name !== info.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
  object.metadata.name = info.name!;
  const stored = toStorage(resource, object);
  answer(context, call, 200, context.store.update(resource, stored, options));
}
