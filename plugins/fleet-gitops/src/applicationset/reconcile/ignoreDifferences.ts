import { application as applicationType } from '../schema/application';
import { decode } from '../schema/decode';
import { NotEvaluableError } from '../errors';
import { normalizeSpec } from './normalizeSpec';

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
  constructor(private readonly rules: Rule[]) {}

  /** Both objects without the ignored fields, so that they neither count as a difference nor are written. */
  remove(live: any, desired: any): [any, any] {
    return this.rules.length === 0
      ? [live, desired]
      : [this.removeFrom(live), this.removeFrom(desired)];
  }

  private removeFrom(application: any): any {
    const copy = structuredClone(application);
    const rules = this.rules.filter(
      rule => !rule.name || rule.name === application.metadata.name,
    );
    for (const rule of rules) {
      rule.jsonPointers?.forEach(pointer => removePointer(copy, pointer));
      if (rule.jqPathExpressions?.length) {
        throw new NotEvaluableError('jq');
      }
    }
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

/** Removes what a JSON pointer (RFC 6901) points at, where it is there. */
function removePointer(root: any, pointer: string): void {
  const segments = pointer
    .split('/')
    .slice(1)
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = segments.pop();
  const parent = segments.reduce(
    (value, segment) =>
      typeof value === 'object' && value !== null ? value[segment] : undefined,
    root,
  );
  if (last === undefined || typeof parent !== 'object' || parent === null) {
    return;
  }
  if (Array.isArray(parent)) {
    if (/^\d+$/.test(last) && Number(last) < parent.length) {
      parent.splice(Number(last), 1);
    }
  } else {
    delete parent[last];
  }
}
