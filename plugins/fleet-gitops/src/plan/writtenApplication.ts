import { NotEvaluableError } from '../applicationset';
import { IgnoreDifferences } from '../applicationset/reconcile/ignoreDifferences';
import {
  applyMergePatch,
  createMergePatch,
} from '../applicationset/reconcile/mergePatch';
import type { Application, ApplicationSet } from '../model/argocd';
import { homeCluster, setHomeCluster } from '../sources/destinationCluster';

/** What an ApplicationSet's controller leaves alone in Applications that exist. */
interface LeftAlone {
  ignored: IgnoreDifferences;
  labels: string[];
  annotations: string[];
  isEmpty: boolean;
  /** Why some of it is not known. */
  problem?: string;
}

const leftAloneBy = new WeakMap<ApplicationSet, LeftAlone>();

function leftAlone(applicationSet: ApplicationSet): LeftAlone {
  let known = leftAloneBy.get(applicationSet);
  if (!known) {
    const { ignoreApplicationDifferences: rules, preservedFields } =
      applicationSet.spec;
    const labels: string[] = preservedFields?.labels ?? [];
    const annotations: string[] = preservedFields?.annotations ?? [];
    known = {
      ...compileRules(rules ?? []),
      labels,
      annotations,
      isEmpty: !rules?.length && labels.length + annotations.length === 0,
    };
    leftAloneBy.set(applicationSet, known);
  }
  return known;
}

function compileRules(rules: any[]): Pick<LeftAlone, 'ignored' | 'problem'> {
  try {
    return { ignored: new IgnoreDifferences(rules) };
  } catch (error) {
    if (!(error instanceof NotEvaluableError)) throw error;
    return {
      ignored: new IgnoreDifferences([]),
      problem: `ignoreApplicationDifferences: ${error.message}`,
    };
  }
}

/** Why it is not known which fields of its Applications an ApplicationSet writes. */
export function writtenFieldsProblem(
  applicationSet: ApplicationSet,
): string | undefined {
  return leftAlone(applicationSet).problem;
}

/**
 * What an existing Application becomes: the generated one, except for what `ignoreApplicationDifferences` and
 * `preservedFields` of its ApplicationSet leave alone.
 *
 * Source: Argo CD `docs/operator-manual/applicationset/Controlling-Resource-Modification.md`.
 *
 * @param applicationSet - absent where no ApplicationSet makes the Application
 */
export function writtenApplication(
  before: Application,
  generated: Application,
  applicationSet: ApplicationSet | undefined,
): Application {
  if (!applicationSet || before === generated) return generated;
  const { ignored, labels, annotations, isEmpty } = leftAlone(applicationSet);
  if (isEmpty) return generated;
  const { metadata } = generated;
  const [old, now] = ignored.remove(before, {
    ...generated,
    metadata: {
      ...metadata,
      labels: preserve(labels, before.metadata.labels, metadata.labels),
      annotations: preserve(
        annotations,
        before.metadata.annotations,
        metadata.annotations,
      ),
    },
  });
  const patch = createMergePatch(old, now);
  if (!patch) return before;
  const written: Application = applyMergePatch(before, patch);
  const home = homeCluster(generated);
  if (home !== undefined) setHomeCluster(written, home);
  return written;
}

/** Entries that exist stay where they are not generated. */
function preserve(
  keys: string[],
  existing: Record<string, string> = {},
  generated: Record<string, string> | undefined,
): Record<string, string> | undefined {
  const kept = keys.filter(key => Object.hasOwn(existing, key));
  return kept.length === 0
    ? generated
    : {
        ...Object.fromEntries(kept.map(key => [key, existing[key]])),
        ...generated,
      };
}
