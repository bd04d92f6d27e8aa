import { join } from 'path';
import { BareRepository } from './BareRepository';
import { formatIdentity } from './commits';
import { assertRefName, assertTreePath } from './names';
import { runGit } from './process';
import type { FileChanges } from './types';

/**
 * One commit of a history to write.
 *
 * @public
 */
export interface SeedCommit {
  /** Path → whole new content, `undefined` deletes; everything else stays as in the parent. */
  changes: FileChanges;
  message: string;
  author: { name: string; email: string };
  date: Date;
  /** Default: the default branch. Another branch starts at the newest commit of the default branch so far. */
  branch?: string;
  /** A lightweight tag on this commit. */
  tag?: string;
}

/** Where a repository lives below the host's directory. */
export function repositoryDirectory(
  directory: string,
  owner: string,
  name: string,
): string {
  for (const [field, value] of Object.entries({ owner, name })) {
    if (
      !/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(value) ||
      value.endsWith('.git')
    ) {
      throw new Error(
        `The repository ${field} ${JSON.stringify(
          value,
        )} may have only letters, digits, ".", "_" and "-", and no ".git" at its end`,
      );
    }
  }
  return join(directory, owner, `${name}.git`);
}

/**
 * Creates `<directory>/<owner>/<name>.git` with a history. A repository that already has commits is opened as it is.
 *
 * @public
 */
export async function seedRepository(options: {
  directory: string;
  owner: string;
  name: string;
  defaultBranch?: string;
  /** Oldest first. */
  commits: readonly SeedCommit[];
}): Promise<BareRepository> {
  const repository = await BareRepository.open(
    repositoryDirectory(options.directory, options.owner, options.name),
    options,
  );
  const refs = await repository.listRefs();
  if (refs.length === 0 && options.commits.length > 0) {
    await runGit(
      repository.directory,
      ['fast-import', '--quiet', '--date-format=raw'],
      { input: importStream(repository.defaultBranch, options.commits) },
    );
    await repository.refreshRefs();
  }
  return repository;
}

// Source: git documentation, git-fast-import, "Input Format".
function importStream(
  defaultBranch: string,
  commits: readonly SeedCommit[],
): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  const data = (content: string | Uint8Array) => {
    const bytes = Buffer.from(content);
    line(`data ${bytes.length}`);
    parts.push(bytes, Buffer.from('\n'));
  };
  const started = new Set<string>();
  commits.forEach((commit, index) => {
    const branch = commit.branch ?? defaultBranch;
    const ref = `refs/heads/${branch}`;
    assertRefName(ref);
    const identity = formatIdentity({ ...commit.author, date: commit.date });
    line(`commit ${ref}`);
    line(`mark :${index + 1}`);
    line(`author ${identity}`);
    line(`committer ${identity}`);
    data(commit.message);
    if (!started.has(branch) && started.has(defaultBranch)) {
      line(`from refs/heads/${defaultBranch}`);
    }
    started.add(branch);
    for (const [path, content] of commit.changes) {
      assertTreePath(path);
      const quoted = `"${path.replace(/"/g, '\\"')}"`;
      if (content === undefined) {
        line(`D ${quoted}`);
      } else {
        line(`M 100644 inline ${quoted}`);
        data(content);
      }
    }
    if (commit.tag) {
      assertRefName(`refs/tags/${commit.tag}`);
      line(`reset refs/tags/${commit.tag}`);
      line(`from :${index + 1}`);
      line('');
    }
  });
  return Buffer.concat(parts);
}
