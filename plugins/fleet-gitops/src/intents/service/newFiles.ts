import { ConflictError, InputError } from '@backstage/errors';
import { z } from 'zod';
import { rootsOf } from '../../layouts/fleetServices';
import type { Layout } from '../../layouts/types';
import type { FileChanges, RepositorySnapshot } from '../../model/repository';
import { directory } from '../grammar';

const MAX_FILES = 200;
const MAX_LENGTH = 65_536;
/** Of a text file; charts have template syntax of their own. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Text files by path inside a directory. */
export const newFiles = z
  .record(z.string(), z.string())
  .superRefine((files, context) => {
    const names = Object.keys(files);
    const refuse = (message: string, path: string[] = []) =>
      context.addIssue({ code: 'custom', path, message });
    if (names.length === 0) refuse('must have at least one file');
    if (names.length > MAX_FILES)
      refuse(`must have at most ${MAX_FILES} files`);
    const length = Object.values(files).join('').length;
    if (length > MAX_LENGTH)
      refuse(`must have at most ${MAX_LENGTH} characters, not ${length}`);
    for (const name of names) {
      const parsed = directory.safeParse(name);
      if (!parsed.success) refuse(parsed.error.issues[0].message, [name]);
      if (CONTROL.test(files[name]))
        refuse('is no text: it has control characters', [name]);
    }
  });

/**
 * The files of a service that the repository does not have yet.
 *
 * @throws `ConflictError` where its directory has other files
 */
export function addFiles(
  request: { service: string; path?: string; files: Record<string, string> },
  layout: Layout,
  repository: RepositorySnapshot,
): { directory: string; changes: FileChanges; lines: string[] } {
  const { service, files } = request;
  const target = request.path ?? defaultDirectory(service, layout, repository);
  const changes = new Map<string, string>();
  for (const [name, text] of Object.entries(files)) {
    const file = `${target}/${name}`;
    if (repository.files.get(file) !== text) changes.set(file, text);
  }
  if (changes.size === 0) return { directory: target, changes, lines: [] };
  for (const file of repository.files.keys()) {
    if (file.startsWith(`${target}/`))
      throw new ConflictError(
        `parameters.files: \`${target}\` exists already and is not overwritten. Leave the files out, or choose another name.`,
      );
  }
  const count = changes.size === 1 ? '1 file' : `${changes.size} files`;
  return { directory: target, changes, lines: [`${target}: ${count}`] };
}

/** Beside the directories of the other services. */
function defaultDirectory(
  service: string,
  layout: Layout,
  repository: RepositorySnapshot,
): string {
  const roots = rootsOf(layout.listServices(repository));
  if (roots.length !== 1) {
    throw new InputError(
      `parameters.path: name the directory of the new files: the services of this repository are in ${
        roots.map(root => `\`${root}/\``).join(' and ') ||
        'no directory of their own'
      }.`,
    );
  }
  return `${roots[0]}/${service}`;
}
