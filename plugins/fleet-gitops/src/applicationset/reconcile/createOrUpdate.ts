import type { Application, ApplicationSet } from '../../model/argocd';
import { application as applicationType } from '../schema/application';
import { decode } from '../schema/decode';
import type { IgnoreDifferences } from './ignoreDifferences';
import { applyMergePatch, createMergePatch } from './mergePatch';
import { normalizeSpec } from './normalizeSpec';
import { withController } from './ownership';
import type { UpdatedApplication } from './types';

/** Annotations of other controllers that a set never takes away. */
const ALWAYS_PRESERVED_ANNOTATIONS = [
  'notified.notifications.argoproj.io',
  'argocd.argoproj.io/refresh',
  'argocd.argoproj.io/hydrate',
];

/** Finalizers that Argo CD itself adds for hooks, in the order in which they are put back. */
const PRESERVED_FINALIZERS = [
  'pre-delete-finalizer.argocd.argoproj.io',
  'post-delete-finalizer.argocd.argoproj.io',
];

export interface WriteContext {
  applicationSet: ApplicationSet;
  preservedAnnotations: string[];
  preservedLabels: string[];
  ignoreDifferences: IgnoreDifferences;
}

/** An Application that another controller owns. */
export class AlreadyOwnedError extends Error {}

/** A generated Application as it is created. */
export function createApplication(
  generated: Application,
  { applicationSet }: WriteContext,
): Application {
  return {
    ...generated,
    metadata: {
      ...generated.metadata,
      ownerReferences: withController(undefined, applicationSet),
    },
    spec: normalizeSpec(generated.spec),
  };
}

/**
 * The write that turns a live Application into the generated one; `undefined` where there is nothing to write.
 *
 * Source: Argo CD `applicationset_controller.go` `createOrUpdateInCluster`, `utils/createOrUpdate.go` `CreateOrUpdate`.
 *
 * @throws AlreadyOwnedError
 */
export function updateApplication(
  live: Application,
  generated: Application,
  context: WriteContext,
): UpdatedApplication | undefined {
  const current = decode(applicationType, live, '');
  const ownerReferences = withController(
    live.metadata.ownerReferences,
    context.applicationSet,
  );
  if (!ownerReferences) {
    throw new AlreadyOwnedError(
      `Application ${live.metadata.name} belongs to another controller`,
    );
  }
  const desired = decode(
    applicationType,
    {
      ...current,
      spec: normalizeSpec(generated.spec),
      operation: generated.operation ?? current.operation,
      metadata: {
        ...current.metadata,
        ownerReferences,
        labels: preserve(
          generated.metadata.labels,
          live.metadata.labels,
          context.preservedLabels,
        ),
        annotations: preserve(
          generated.metadata.annotations,
          live.metadata.annotations,
          [...context.preservedAnnotations, ...ALWAYS_PRESERVED_ANNOTATIONS],
        ),
        finalizers: preserveFinalizers(generated, live),
      },
    },
    '',
  );
  const [before, after] = context.ignoreDifferences.remove(
    { ...current, spec: normalizeSpec(current.spec) },
    desired,
  );
  const patch = createMergePatch(before, after);
  return patch && { application: applyMergePatch(live, patch), patch };
}

function preserve(
  generated: Record<string, string> | undefined,
  live: Record<string, string> | undefined,
  keys: string[],
): Record<string, string> {
  const kept = keys.filter(key => live && Object.hasOwn(live, key));
  return {
    ...generated,
    ...Object.fromEntries(kept.map(key => [key, live![key]])),
  };
}

function preserveFinalizers(
  generated: Application,
  live: Application,
): string[] {
  const kept = PRESERVED_FINALIZERS.flatMap(prefix =>
    (live.metadata.finalizers ?? []).filter(finalizer =>
      finalizer.startsWith(prefix),
    ),
  );
  return [...(generated.metadata.finalizers ?? []), ...kept];
}
