import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { type HistoryCommit, historyChanges, parseHistory } from './history';

/** The address that the files of an example name their own repository by. */
const EXAMPLE_GIT_ADDRESS = 'http://localhost:7101';

/** An example fleet: a GitOps repository and its past. */
export interface Example {
  commits: Array<HistoryCommit & { changes: Map<string, string> }>;
  /** Text of the root Applications that Argo CD starts from. */
  bootstrap: string[];
}

/** Reads an example folder (`repository/`, `history.yaml`), with the Git host's address put in. */
export function readExample(folder: string, gitAddress: string): Example {
  const files = new Map<string, string>();
  const root = join(folder, 'repository');
  for (const entry of readdirSync(root, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path.slice(root.length + 1).replace(/\\/g, '/'),
      readFileSync(path, 'utf8').split(EXAMPLE_GIT_ADDRESS).join(gitAddress),
    );
  }
  const commits = parseHistory(
    readFileSync(join(folder, 'history.yaml'), 'utf8'),
  );
  const changes = historyChanges(files, commits);
  return {
    commits: commits.map((commit, index) => ({
      ...commit,
      changes: changes[index],
    })),
    bootstrap: [...files]
      .filter(([path]) => path.startsWith('bootstrap/'))
      .map(([, text]) => text),
  };
}
