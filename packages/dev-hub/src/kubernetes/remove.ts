import {
  badRequest,
  invalid,
  isStatus,
  parseFilter,
  type KubernetesObject,
  type RemoveOptions,
  type Resource,
  type Status,
  type StatusCause,
} from '../objects';
import type { ApiContext, ResourceCall } from './context';
import { parseListQuery } from './listOptions';
import { sendCall } from './read';
import { representList } from './representations';
import { jsonProblem, readBody } from './requestBody';
import { dryRunCauses } from './writeOptions';

const POLICIES = ['Foreground', 'Background', 'Orphan'];

function optionCauses(
  policy: string | undefined,
  orphanDependents: unknown,
  dryRun: string[],
): StatusCause[] {
  const causes: StatusCause[] = [];
  if (policy !== undefined && orphanDependents !== undefined) {
    causes.push({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        policy,
      )}: orphanDependents and deletionPropagation cannot be both set`,
      field: 'propagationPolicy',
    });
  } else if (policy !== undefined && !POLICIES.includes(policy)) {
    causes.push({
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        policy,
      )}: supported values: ${[...POLICIES, 'nil']
        .map(value => JSON.stringify(value))
        .join(', ')}`,
      field: 'propagationPolicy',
    });
  }
  causes.push(...dryRunCauses(dryRun));
  return causes;
}

/** DeleteOptions come in the body, or else in the query. */
async function removeOptions(call: ResourceCall): Promise<RemoveOptions> {
  const text = await readBody(call.message);
  let body: any = {};
  if (text !== '') {
    try {
      body = JSON.parse(text) ?? {};
    } catch (error) {
      throw badRequest(
        `couldn't get version/kind; json parse error: ${jsonProblem(
          text,
          error,
        )}`,
      );
    }
  }
  const policy: string | undefined =
    body.propagationPolicy ?? call.query.get('propagationPolicy') ?? undefined;
  const dryRun: string[] = body.dryRun ?? call.query.getAll('dryRun');
  const causes = optionCauses(policy, body.orphanDependents, dryRun);
  if (causes.length > 0) {
    throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', causes);
  }
  return {
    dryRun: dryRun.length > 0,
    preconditions: body.preconditions,
    propagationPolicy:
      body.orphanDependents === true
        ? 'Orphan'
        : (policy as RemoveOptions['propagationPolicy']),
  };
}

function success(resource: Resource, object: KubernetesObject): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata.name,
      ...(resource.group ? { group: resource.group } : {}),
      kind: resource.plural,
      uid: object.metadata.uid,
    },
  };
}

export async function serveDelete(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { resource, info } = call;
  const key = { name: info.name!, namespace: info.namespace };
  const options = await removeOptions(call);
  const { removed, object } = context.store.remove(resource, key, options);
  sendCall(call, 200, removed ? success(resource, object) : object);
}

/** Deletes what a list would show, and answers that list. */
export async function serveDeleteCollection(
  context: ApiContext,
  call: ResourceCall,
): Promise<void> {
  const { store } = context;
  const { resource, info } = call;
  const query = parseListQuery(call.query, false);
  parseFilter(resource, query);
  const options = await removeOptions(call);
  const { items, resourceVersion } = store.list(resource, {
    namespace: info.namespace,
    labelSelector: query.labelSelector,
    fieldSelector: query.fieldSelector,
  });
  for (const { metadata } of items) {
    try {
      store.remove(resource, metadata, options);
    } catch (error) {
      // Deleting one may have taken another with it.
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
  sendCall(
    call,
    200,
    representList(
      resource,
      items,
      { resourceVersion: String(resourceVersion) },
      call.representation,
      call.query,
      context.clock.now(),
    ),
  );
}
