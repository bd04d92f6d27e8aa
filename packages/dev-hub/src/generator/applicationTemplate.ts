/** A text that cannot come up otherwise, where a field goes. */
const MARK = '\u0001';

function resources(count: number) {
  const kinds = ['Deployment', 'Service', 'ConfigMap', 'ServiceAccount'];
  return Array.from({ length: count }, (_, index) => ({
    group: index % 4 === 0 ? 'apps' : '',
    kind: kinds[index % 4],
    name: `${MARK}service${MARK}-part-${index}`,
    namespace: 'shop',
    status: 'Synced',
    version: 'v1',
  }));
}

function history(count: number) {
  return Array.from({ length: count }, (_, id) => ({
    deployStartedAt: '2026-01-01T00:00:00Z',
    deployedAt: '2026-01-01T00:00:05Z',
    id,
    initiatedBy: { automated: true },
    revision: `${MARK}revision${MARK}`,
    source: source(),
  }));
}

function source() {
  return {
    helm: { valueFiles: ['values.yaml', `values-${MARK}cluster${MARK}.yaml`] },
    path: `services/${MARK}service${MARK}`,
    repoURL: 'https://git.example/acme/fleet-gitops',
    targetRevision: 'main',
  };
}

/** An Application with everything that Argo CD writes into one; most of its bytes are of no interest to a portal. */
function application(parts: number) {
  const destination = { name: `${MARK}cluster${MARK}`, namespace: 'shop' };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      creationTimestamp: '2026-01-01T00:00:00Z',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      generation: MARK,
      labels: { 'fleet/service': `service-${MARK}service${MARK}` },
      managedFields: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          fieldsType: 'FieldsV1',
          fieldsV1: Object.fromEntries(
            Array.from({ length: parts }, (_, index) => [
              `f:field-${index}`,
              { '.': {}, 'f:name': {}, 'f:status': {} },
            ]),
          ),
          manager: 'argocd-application-controller',
          operation: 'Update',
          time: '2026-01-01T00:00:00Z',
        },
      ],
      name: `${MARK}name${MARK}`,
      namespace: 'argocd',
      ownerReferences: [
        {
          apiVersion: 'argoproj.io/v1alpha1',
          blockOwnerDeletion: true,
          controller: true,
          kind: 'ApplicationSet',
          name: `service-${MARK}service${MARK}`,
          uid: '00000000-0000-4000-8000-000000000000',
        },
      ],
      resourceVersion: `${MARK}version${MARK}`,
      uid: `${MARK}uid${MARK}`,
    },
    spec: { destination, project: 'default', source: source() },
    status: {
      controllerNamespace: 'argocd',
      health: {
        lastTransitionTime: `${MARK}time${MARK}`,
        status: `${MARK}health${MARK}`,
      },
      history: history(10),
      operationState: {
        finishedAt: '2026-01-01T00:00:05Z',
        message: 'successfully synced (all tasks run)',
        operation: {
          initiatedBy: { automated: true },
          retry: { limit: 5 },
          sync: { prune: true, revision: `${MARK}revision${MARK}` },
        },
        phase: 'Succeeded',
        startedAt: '2026-01-01T00:00:00Z',
        syncResult: {
          resources: resources(parts).map(resource => ({
            ...resource,
            hookPhase: 'Running',
            message: `${resource.kind}/${resource.name} configured`,
            syncPhase: 'Sync',
          })),
          revision: `${MARK}revision${MARK}`,
          source: source(),
        },
      },
      reconciledAt: `${MARK}time${MARK}`,
      resourceHealthSource: 'appTree',
      resources: resources(parts),
      sourceType: 'Helm',
      summary: {
        images: [
          `registry.example/service-${MARK}service${MARK}:${MARK}tag${MARK}`,
        ],
      },
      sync: {
        comparedTo: { destination, source: source() },
        revision: `${MARK}revision${MARK}`,
        status: `${MARK}sync${MARK}`,
      },
    },
  };
}

/** Fixed text and names of fields in turn. */
function piecesOf(parts: number): string[] {
  // JSON writes the mark as an escape.
  const mark = JSON.stringify(MARK).slice(1, -1);
  return JSON.stringify(application(parts))
    .replace(`"generation":"${mark}"`, `"generation":${mark}generation${mark}`)
    .split(mark);
}

/** A field is about so long. */
const FIELD_BYTES = 10;

function lengthOf(pieces: string[]): number {
  return pieces.reduce(
    (sum, piece, index) => sum + (index % 2 === 0 ? piece.length : FIELD_BYTES),
    0,
  );
}

/** Writes Applications of about so many bytes; only the fields given differ between them. */
export function applicationTemplate(
  bytes: number,
): (fields: Record<string, string>) => string {
  let parts = 1;
  let pieces = piecesOf(parts);
  while (lengthOf(pieces) < bytes) {
    parts += 1;
    pieces = piecesOf(parts);
  }
  return fields => {
    let result = '';
    for (let index = 0; index < pieces.length; index += 1) {
      result += index % 2 === 0 ? pieces[index] : fields[pieces[index]];
    }
    return result;
  };
}
