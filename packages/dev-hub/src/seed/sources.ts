import type { SeedCommit } from '../git';

/** A repository that a service is built from. No hub follows it. */
export interface SourceDescription {
  /** Name on the Git host, under the organization `acme`. */
  name: string;
  description: string;
  /** Its releases, the oldest first. */
  tags: string[];
}

const AUTHOR = { name: 'Priya Raman', email: 'priya@acme.example' };
const WEEK_MS = 7 * 24 * 3600_000;

/** A release each week, the last one a week ago: a commit with its change log, and a tag. */
export function releaseHistory(
  { name, tags }: SourceDescription,
  now: number,
): SeedCommit[] {
  return tags.map((tag, index) => ({
    changes: new Map([
      ['CHANGELOG.md', changeLog(name, tags.slice(0, index + 1))],
    ]),
    message: `Release ${tag}\n`,
    author: AUTHOR,
    date: new Date(now - (tags.length - index) * WEEK_MS),
    tag,
  }));
}

function changeLog(name: string, tags: string[]): string {
  const releases = [...tags].reverse().map(tag => `\n## ${tag}\n`);
  return `# ${name}\n${releases.join('')}`;
}
