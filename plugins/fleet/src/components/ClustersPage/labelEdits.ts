/** A label or annotation as it is being edited. */
export interface LabelRow {
  /** Tells rows apart while their keys change. */
  id: number;
  key: string;
  value: string;
}

/** What is wrong with the rows, by the key of a text. */
export interface LabelProblem {
  problem: 'keyInvalid' | 'keyTwice' | 'valueInvalid';
  label: string;
}

/** Prefixes of what Argo CD and `kubectl apply` keep there; nobody edits it. */
const RESERVED = ['argocd.argoproj.io/', 'kubectl.kubernetes.io/'];

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** The labels of a cluster that can be edited, by key. */
export function editableLabels(
  labels: Record<string, string>,
): Array<[key: string, value: string]> {
  return Object.entries(labels)
    .filter(([key]) => !RESERVED.some(prefix => key.startsWith(prefix)))
    .sort(([a], [b]) => a.localeCompare(b));
}

/** The first thing that is wrong with the rows; rows without key and value are left out. Annotations have any value. */
export function problemOf(
  rows: LabelRow[],
  of: 'labels' | 'annotations' = 'labels',
): LabelProblem | undefined {
  const seen = new Set<string>();
  for (const { key, value } of filled(rows)) {
    if (!isLabelKey(key)) {
      return { problem: 'keyInvalid', label: key };
    }
    if (seen.has(key)) {
      return { problem: 'keyTwice', label: key };
    }
    if (of === 'labels' && value !== '' && !NAME.test(value)) {
      return { problem: 'valueInvalid', label: key };
    }
    seen.add(key);
  }
  return undefined;
}

/** What the rows change: new values, and `null` for labels that go. */
export function labelChanges(
  before: Record<string, string>,
  rows: LabelRow[],
): Record<string, string | null> {
  const changes: Record<string, string | null> = {};
  const after = new Map(filled(rows).map(({ key, value }) => [key, value]));
  for (const [key, value] of after) {
    if (before[key] !== value) {
      changes[key] = value;
    }
  }
  for (const [key] of editableLabels(before)) {
    if (!after.has(key)) {
      changes[key] = null;
    }
  }
  return changes;
}

function filled(rows: LabelRow[]): LabelRow[] {
  return rows
    .map(row => ({ ...row, key: row.key.trim(), value: row.value.trim() }))
    .filter(({ key, value }) => key !== '' || value !== '');
}

function isLabelKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.pop()!;
  return (
    NAME.test(name) &&
    (parts.length === 0 || (parts.length === 1 && PREFIX.test(parts[0])))
  );
}
