import { parse, YAMLParseError } from 'yaml';
import { badRequest, type KubernetesObject, type Resource } from '../objects';
import type { ApiContext, ResourceCall } from './context';
import { checkMetadataTypes, readBody } from './requestBody';
import { answer, takeNamespace } from './write';
import { writeOptionsOf } from './writeOptions';

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const { linePos, message } = error as YAMLParseError;
    const line = linePos?.[0].line ?? 1;
    // What Go's parser says of a list or map that does not end; what it says of the rest is told in other words.
    const problem = /must (be sufficiently indented and )?end with/.test(
      message,
    )
      ? 'did not find expected node content'
      : message.split(' at line')[0];
    throw badRequest(
      `error decoding YAML: error converting YAML to JSON: yaml: line ${line}: ${problem}`,
    );
  }
}

/** The object of an apply patch; raises 400. Source: apiserver `handlers/patch.go`, applyPatcher; apimachinery `managedfields`. */
function decodeApplied(resource: Resource, text: string): KubernetesObject {
  const object = parseYaml(text) as any;
  const { apiVersion = '', kind = '' } = object ?? {};
  if (!apiVersion || !kind) {
    const [version, group = ''] = apiVersion.split('/').reverse();
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${kind}`);
  }
  const expected = resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
  if (apiVersion !== expected) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${expected}`,
    );
  }
  if (object.metadata?.managedFields !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  checkMetadataTypes(resource, object);
  return { ...object, metadata: { ...object.metadata } };
}

/** Answers a server-side apply: 201 where it creates the object, 200 otherwise. */
export async function serveApply(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { resource, info, query } = call;
  const options = writeOptionsOf(call, 'PatchOptions', true);
  const object = decodeApplied(resource, await readBody(call.message));
  takeNamespace(call, object);
  const { name } = object.metadata;
  if (name && name !== info.name) {
    throw badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  }
  object.metadata.name = info.name!;
  const { object: applied, created } = context.store.apply(resource, object, {
    ...options,
    force: query.get('force') === 'true',
    status: info.subresource === 'status',
    subresource: info.subresource,
  });
  answer(context, call, created ? 201 : 200, applied);
}
