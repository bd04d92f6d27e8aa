import { application as applicationType } from '../schema/application';
import { decode } from '../schema/decode';
import { cloneJson } from '../params';
import { compileJqDelete, removePath } from './jq/delete';
import { normalizeSpec } from './normalizeSpec';

type Remove = (root: any) => void;

interface Rule {
  name?: string;
  jsonPointers?: string[];
  jqPathExpressions?: string[];
}

/**
 * The fields of Applications that a set leaves to others: `spec.ignoreApplicationDifferences`.
 *
 * Source: Argo CD `applicationset/utils/createOrUpdate.go` `applyIgnoreDifferences`.
 */
export class IgnoreDifferences {
  private readonly rules: Array<{ name?: string; removals: Remove[] }>;

  /** @throws NotEvaluableError where a jq expression is beyond what can be evaluated here */
  constructor(rules: Rule[]) {
    this.rules = rules.map(rule => ({
      name: rule.name,
      removals: [
        ...(rule.jsonPointers ?? []).map(compilePointer),
        ...(rule.jqPathExpressions ?? []).map(compileJqDelete),
      ],
    }));
  }

  /** Both objects without the ignored fields, so that they neither count as a difference nor are written. */
  remove(live: any, desired: any): [any, any] {
    return this.rules.length === 0
      ? [live, desired]
      : [this.removeFrom(live), this.removeFrom(desired)];
  }

  private removeFrom(application: any): any {
    const copy = cloneJson(application);
    this.rules
      .filter(rule => !rule.name || rule.name === application.metadata.name)
      .flatMap(rule => rule.removals)
      .forEach(remove => remove(copy));
    const decoded = decode(applicationType, copy, '');
    return {
      ...decoded,
      metadata: {
        ...decoded.metadata,
        name: application.metadata.name,
        namespace: application.metadata.namespace,
      },
      operation: application.operation,
      spec: normalizeSpec(decoded.spec),
    };
  }
}

/** Prepares the removal of what a JSON pointer (RFC 6901) points at, where it is there. */
function compilePointer(pointer: string): Remove {
  const path = pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
  return root => removePath(root, path);
}
