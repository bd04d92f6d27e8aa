import type { UncheckedRule } from '@backstage-fleet/plugin-fleet-common';
import type { RepositorySnapshot } from '../model/repository';
import { setClusterMetadata } from './clusterLabels';
import type { DeclaredCluster } from '../repository';
import type { LayoutEdit } from './types';

/** Edits that add up, each on the text that the one before left. */
export class Edits {
  readonly changes = new Map<string, string | undefined>();
  readonly lines: string[] = [];
  readonly #notChecked: UncheckedRule[] = [];

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

  /** Keeps the rules that nobody evaluated for a file, each once: claims of several clusters may share it. */
  leaveUnchecked(
    file: string,
    rules: ReadonlyArray<Omit<UncheckedRule, 'file'>>,
  ): void {
    for (const rule of rules)
      if (
        !this.#notChecked.some(
          known =>
            known.file === file &&
            known.field === rule.field &&
            known.rule === rule.rule,
        )
      )
        this.#notChecked.push({ file, ...rule });
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
    return {
      changes: this.changes,
      lines: this.lines,
      ...(this.#notChecked.length > 0 && { notChecked: this.#notChecked }),
    };
  }
}
