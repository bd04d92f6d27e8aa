import { runGit } from './process';

/** SHAs of the commits reachable from `from`, newest first. */
export async function listHistory(
  directory: string,
  options: {
    from: string;
    /** Leave out what is reachable from here. */
    notFrom?: string;
    /** Only commits that touch this file or folder. */
    path?: string;
    skip?: number;
    limit?: number;
    /** ISO 8601. */
    since?: string;
    until?: string;
    author?: string;
    oldestFirst?: boolean;
  },
): Promise<string[]> {
  const args = ['rev-list', '--topo-order', '--date-order'];
  if (options.skip) args.push(`--skip=${options.skip}`);
  if (options.limit !== undefined) args.push(`--max-count=${options.limit}`);
  if (options.since) args.push(`--since=${options.since}`);
  if (options.until) args.push(`--until=${options.until}`);
  if (options.author)
    args.push('--fixed-strings', `--author=${options.author}`);
  if (options.oldestFirst) args.push('--reverse');
  args.push(options.from);
  if (options.notFrom) args.push(`^${options.notFrom}`);
  args.push('--');
  if (options.path) args.push(`:(literal)${options.path}`);
  const { stdout } = await runGit(directory, args);
  return stdout.toString().split('\n').filter(Boolean);
}

/** How many commits are only in `left` and only in `right`. */
export async function countDivergence(
  directory: string,
  left: string,
  right: string,
): Promise<{ left: number; right: number }> {
  const { stdout } = await runGit(directory, [
    'rev-list',
    '--left-right',
    '--count',
    `${left}...${right}`,
  ]);
  const [onlyLeft, onlyRight] = stdout.toString().trim().split(/\s+/);
  return { left: Number(onlyLeft), right: Number(onlyRight) };
}

/** Past this many commits an entry's last change is not looked for. */
const LONGEST_SEARCH = 1000;

/** The newest commit that changed each of the named entries of a folder, directly or below it. */
export async function lastChanges(
  directory: string,
  options: { from: string; folder: string; names: readonly string[] },
): Promise<Map<string, string>> {
  const prefix = options.folder ? `${options.folder}/` : '';
  const { stdout } = await runGit(directory, [
    'log',
    '-z',
    '--no-renames',
    '--name-only',
    '--format=%x01%H',
    `--max-count=${LONGEST_SEARCH}`,
    options.from,
    '--',
    ...(options.folder ? [`:(literal)${options.folder}`] : []),
  ]);
  const wanted = new Set(options.names);
  const found = new Map<string, string>();
  for (const section of stdout.toString('utf8').split('\u0001').slice(1)) {
    const [sha, ...paths] = section.split(/[\0\n]+/).filter(Boolean);
    for (const path of paths) {
      const name = path.startsWith(prefix)
        ? path.slice(prefix.length).split('/')[0]
        : '';
      if (wanted.delete(name)) {
        found.set(name, sha);
      }
    }
    if (wanted.size === 0) {
      break;
    }
  }
  return found;
}
