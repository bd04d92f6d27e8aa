import { InvalidGitInputError } from './errors';
import type { GitCommit, Identity } from './types';

const IDENTITY = /^(.*?) ?<([^>]*)> (\d+) ([+-]\d{4})$/;

function parseIdentity(line: string): Identity {
  const match = IDENTITY.exec(line);
  return {
    name: match?.[1] ?? '',
    email: match?.[2] ?? '',
    date: new Date(Number(match?.[3] ?? 0) * 1000),
  };
}

/** Reads a commit object. Signatures and other extra headers are skipped. */
export function parseCommit(sha: string, content: Buffer): GitCommit {
  const text = content.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = (end < 0 ? text : text.slice(0, end)).split('\n');
  const values = (name: string) =>
    headers
      .filter(line => line.startsWith(`${name} `))
      .map(line => line.slice(name.length + 1));
  return {
    sha,
    tree: values('tree')[0],
    parents: values('parent'),
    author: parseIdentity(values('author')[0] ?? ''),
    committer: parseIdentity(values('committer')[0] ?? ''),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

/** `Name <mail> seconds +0000`, as commit objects and fast-import want it. */
export function formatIdentity({ name, email, date }: Identity): string {
  for (const [field, value] of Object.entries({ name, email })) {
    if (!value.trim() || /[<>\n\0]/.test(value)) {
      throw new InvalidGitInputError(
        `The ${field} ${JSON.stringify(
          value,
        )} of a commit's author is empty or has "<", ">" or a line break`,
        'identity',
      );
    }
  }
  const seconds = Math.floor(date.getTime() / 1000);
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new InvalidGitInputError(
      `The date of the commit by ${name} is not a date after 1970`,
      'identity',
    );
  }
  return `${name} <${email}> ${seconds} +0000`;
}

/** A commit object's content. The message is kept as it is, without the line break that `git commit` appends. */
export function formatCommit(commit: Omit<GitCommit, 'sha'>): string {
  return [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${formatIdentity(commit.author)}`,
    `committer ${formatIdentity(commit.committer)}`,
    '',
    commit.message.replace(/\0/g, ''),
  ].join('\n');
}
