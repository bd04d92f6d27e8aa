import type { RepositorySnapshot } from '../model/repository';
import { setClusterMetadata } from './clusterLabels';
import type { DeclaredCluster } from '../repository';
import type { LayoutEdit } from './types';

/** Edits that add up, each on the text that the one before left. */
export class Edits {
  readonly changes = new Map<string, string | undefined>();
  readonly lines: string[] = [];

  constructor(private readonly repository: RepositorySnapshot) {}

  text(file: string): string {
    return this.changes.has(file)
      ? this.changes.get(file) ?? ''
      : this.repository.files.get(file) ?? '';
  }

  set(file: string, text: string, line: string): void {
    if (text === this.text(file)) return;
    this.changes.set(file, text);
    this.lines.push(line);
  }

  /** Says more about the edits, each line once. */
  note(lines: readonly string[]): void {
    for (const line of lines)
      if (!this.lines.includes(line)) this.lines.push(line);
  }

  delete(file: string, line: string): void {
    if (!this.has(file)) return;
    this.changes.set(file, undefined);
    this.lines.push(line);
  }

  has(file: string): boolean {
    return this.changes.has(file)
      ? this.changes.get(file) !== undefined
      : this.repository.files.has(file);
  }

  label(cluster: DeclaredCluster, key: string, value: string | null): void {
    const { file } = cluster;
    const line =
      value === null
        ? `${file}: remove the label ${key}`
        : `${file}: label ${key}: ${JSON.stringify(value)}`;
    this.set(
      file,
      setClusterMetadata(cluster, 'labels', { [key]: value }, this.text(file)),
      line,
    );
  }

  result(): LayoutEdit {
    return { changes: this.changes, lines: this.lines };
  }
}
