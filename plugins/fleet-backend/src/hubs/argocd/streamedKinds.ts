import { projectApplication, projectApplicationSet } from '../projection';
import type { StreamedKind } from './objectStream';

/** What the projections read of every object. */
const COMMON = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.labels',
  'metadata.annotations',
  'metadata.ownerReferences',
  'spec',
];

const APPLICATION = [
  ...COMMON,
  'operation',
  'status.health',
  'status.sync.status',
  'status.sync.revision',
  'status.sync.revisions',
  'status.reconciledAt',
  'status.summary',
  'status.conditions',
  'status.history',
  'status.resources',
  'status.operationState.phase',
  'status.operationState.message',
  'status.operationState.startedAt',
  'status.operationState.finishedAt',
  'status.operationState.syncResult',
];

const APPLICATION_SET = [
  ...COMMON,
  'status.conditions',
  'status.applicationStatus',
  'status.resourcesCount',
];

/** Source: Argo CD `server/application/application.go`. */
export const STREAMED_APPLICATIONS: StreamedKind = {
  resource: 'applications',
  names:
    '/api/v1/applications?fields=items.metadata.name,items.metadata.namespace',
  stream: streamOf('applications', 'application', APPLICATION),
  field: 'application',
  project: projectApplication,
};

/** Source: Argo CD `server/applicationset/applicationset.go`. Its list always has whole objects. */
export const STREAMED_APPLICATION_SETS: StreamedKind = {
  resource: 'applicationsets',
  names: '/api/v1/applicationsets',
  stream: streamOf('applicationsets', 'applicationSet', APPLICATION_SET),
  field: 'applicationSet',
  project: projectApplicationSet,
};

/** `fields` of a stream takes any path, other than that of a list. */
function streamOf(resource: string, field: string, fields: string[]): string {
  const paths = fields.map(path => `result.${field}.${path}`);
  return `/api/v1/stream/${resource}?fields=${['result.type', ...paths]}`;
}
