import type { IncomingMessage } from 'node:http';
import { parse } from 'yaml';
import { badRequest, type KubernetesObject, type Resource } from '../objects';
import { entityTooLarge, unsupportedMediaType } from './errors';

const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** Reads a whole body; raises 413 over 3 MiB. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw entityTooLarge(MAX_BODY_BYTES);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The media type of a request without its parameters; undefined without a Content-Type. */
export function mediaType(message: IncomingMessage): string | undefined {
  return message.headers['content-type']
    ?.split(';')[0]
    .trim()
    .toLocaleLowerCase('en-US');
}

/** What Go's JSON decoder would say. */
export function jsonProblem(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message);
  if (/end of JSON input/.test(message) || text.trim() === '') {
    return 'unexpected end of JSON input';
  }
  if (position && Number(position[1]) >= text.trimEnd().length) {
    return 'unexpected end of JSON input';
  }
  const character = position ? text[Number(position[1])] : text.trim()[0];
  return `invalid character '${character}' looking for beginning of value`;
}

export function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

/** The start of a body as error messages quote it. Source: apimachinery `runtime/serializer/recognizer`, summarizeData. */
function summary(text: string): string {
  const limit = 30;
  if (text === '') return '<empty>';
  const bytes = Buffer.from(text);
  const shown = (part: Buffer) =>
    text.startsWith('{') ? part.toString('utf8') : part.toString('hex');
  return bytes.length > limit
    ? `${shown(bytes.subarray(0, limit))} ...`
    : shown(bytes);
}

const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

function unrecognized(
  resource: Resource,
  text: string,
  problem: string,
): Error {
  return badRequest(
    `the object provided is unrecognized (must be of type ${
      resource.kind
    }): ${problem} (${summary(text)})`,
  );
}

function parseText(resource: Resource, text: string, yaml: boolean): unknown {
  try {
    return yaml ? parse(text) : JSON.parse(text);
  } catch (error) {
    throw unrecognized(
      resource,
      text,
      `couldn't get version/kind; json parse error: ${jsonProblem(
        text,
        error,
      )}`,
    );
  }
}

function checkStringMap(
  resource: Resource,
  metadata: Record<string, any>,
  field: string,
): void {
  const fail = (value: unknown, type: string) =>
    badRequest(
      `${resource.kind} in version "${
        resource.version
      }" cannot be handled as a ${
        resource.kind
      }: json: cannot unmarshal ${goType(
        value,
      )} into Go struct field ObjectMeta.${field} of type ${type}`,
    );
  const map = metadata[field];
  if (map === undefined || map === null) return;
  if (typeof map !== 'object' || Array.isArray(map)) {
    throw fail(map, 'map[string]string');
  }
  for (const value of Object.values(map)) {
    if (typeof value !== 'string') throw fail(value, 'string');
  }
}

/** Raises 400 for metadata whose types Go could not decode. */
export function checkMetadataTypes(
  resource: Resource,
  object: Record<string, any>,
): void {
  const metadata = object.metadata ?? {};
  for (const field of ['name', 'namespace', 'generateName', 'uid']) {
    const value = metadata[field];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      throw badRequest(
        `${resource.kind} in version "${
          resource.version
        }" cannot be handled as a ${
          resource.kind
        }: json: cannot unmarshal ${goType(
          value,
        )} into Go struct field ObjectMeta.${field} of type string`,
      );
    }
  }
  checkStringMap(resource, metadata, 'labels');
  checkStringMap(resource, metadata, 'annotations');
}

/** Reads an object out of a body and checks that it is of the resource; raises 400. */
export function decodeObject(
  resource: Resource,
  text: string,
  yaml: boolean,
): KubernetesObject {
  const value = parseText(resource, text, yaml) as any;
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw unrecognized(
      resource,
      text,
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${goType(
        value,
      )} into Go value of type ${TYPE_META}`,
    );
  }
  const expected = resource.group
    ? `${resource.group}/${resource.version}`
    : resource.version;
  if (resource.custom || value === null) {
    if (!value?.kind) {
      throw unrecognized(
        resource,
        text,
        `Object 'Kind' is missing in '${text}'`,
      );
    }
  }
  const apiVersion = value.apiVersion ?? (resource.custom ? '' : expected);
  if (apiVersion !== expected) {
    throw badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  if (!resource.custom && value.kind && value.kind !== resource.kind) {
    throw badRequest(
      `${value.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: converting (${resource.version}.${value.kind}) to (core.${resource.kind}): unknown conversion`,
    );
  }
  checkMetadataTypes(resource, value);
  return {
    ...value,
    apiVersion: expected,
    kind: value.kind ?? resource.kind,
    metadata: { ...value.metadata },
  };
}

/** Reads the object of a POST or PUT. A body without Content-Type is taken as JSON; other types than JSON and YAML are 415. */
export async function readObject(
  message: IncomingMessage,
  resource: Resource,
): Promise<KubernetesObject> {
  const type = mediaType(message) ?? 'application/json';
  if (type !== 'application/json' && type !== 'application/yaml') {
    throw unsupportedMediaType([
      'application/json',
      'application/yaml',
      'application/vnd.kubernetes.protobuf',
    ]);
  }
  return decodeObject(
    resource,
    await readBody(message),
    type === 'application/yaml',
  );
}
