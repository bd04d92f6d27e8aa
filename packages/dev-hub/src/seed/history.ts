import { isMap, parseDocument } from 'yaml';

/** One commit of a repository's past, as `history.yaml` describes it. */
export interface HistoryCommit {
  message: string;
  author: { name: string; email: string };
  /** When, in milliseconds before now. */
  ago: number;
  /** Values that files have from this commit on: path → dotted key → value. */
  set: Record<string, Record<string, string>>;
  /** Applications that sync by hand were synced at this commit. */
  settled: boolean;
}

/** Reads `history.yaml`. Errors name the entry and field. */
export function parseHistory(text: string): HistoryCommit[] {
  const content = parseDocument(text).toJS();
  const commits: HistoryCommit[] = (content?.commits ?? []).map(
    (entry: any, index: number) => {
      const where = `history.yaml: commits[${index}]`;
      const author = /^(.*) <(.*)>$/.exec(entry.author ?? '');
      if (!author) {
        throw new Error(`${where}.author must look like "Name <mail>"`);
      }
      if (!entry.message) throw new Error(`${where}.message is missing`);
      const hours = (entry.daysAgo ?? 0) * 24 + (entry.hoursAgo ?? 0);
      return {
        message: `${String(entry.message).trim()}\n`,
        author: { name: author[1], email: author[2] },
        ago: hours * 3600_000,
        set: entry.set ?? {},
        settled: entry.settled === true,
      };
    },
  );
  commits.forEach((commit, index) => {
    if (index > 0 && commit.ago > commits[index - 1].ago) {
      throw new Error(
        `history.yaml: commits[${index}] is older than the one before it`,
      );
    }
  });
  return commits;
}

/** The text with scalars at dotted keys replaced, and nothing else changed. */
export function withValues(
  path: string,
  text: string,
  values: Record<string, string>,
): string {
  let result = text;
  for (const [dotted, value] of Object.entries(values)) {
    const node = parseDocument(result).getIn(dotted.split('.'), true);
    const range = (node as { range?: [number, number, number] } | undefined)
      ?.range;
    if (!range || isMap(node)) {
      throw new Error(`history.yaml: ${path} has no value at ${dotted}`);
    }
    result =
      result.slice(0, range[0]) +
      JSON.stringify(value) +
      result.slice(range[1]);
  }
  return result;
}

/**
 * The changes of each commit, the first one whole. Commits set values forward, so every earlier state of a file is
 * its final text with the values that were set up to then; the last commit brings every file to what it is.
 */
export function historyChanges(
  files: ReadonlyMap<string, string>,
  commits: HistoryCommit[],
): Array<Map<string, string>> {
  const past = new Map(files);
  const states = commits.map(({ set }) => {
    const changes = new Map<string, string>();
    for (const [path, values] of Object.entries(set)) {
      const text = past.get(path);
      if (text === undefined) {
        throw new Error(`history.yaml: there is no file ${path}`);
      }
      changes.set(path, withValues(path, text, values));
      past.set(path, changes.get(path)!);
    }
    return changes;
  });
  if (states.length === 0) return [new Map(files)];
  states[0] = new Map([...files, ...states[0]]);
  const last = states[states.length - 1];
  for (const [path, text] of past) {
    if (text !== files.get(path)) last.set(path, files.get(path)!);
  }
  return states;
}

/** The people who wrote the commits, each once; their login is the mail's local part. */
export function authorsOf(
  commits: readonly HistoryCommit[],
): Array<{ login: string; name: string; email: string }> {
  const authors = new Map(commits.map(({ author }) => [author.email, author]));
  return [...authors.values()].map(({ name, email }) => ({
    login: email.split('@')[0],
    name,
    email,
  }));
}
