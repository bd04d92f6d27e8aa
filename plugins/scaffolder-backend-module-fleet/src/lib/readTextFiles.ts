import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';

/**
 * The text files of a folder of the workspace, by their path inside it. Symbolic links are left out.
 *
 * @throws `InputError` where there are none, or one is no text
 */
export async function readTextFiles(
  workspacePath: string,
  folder: string,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const found = await serializeDirectoryContents(
    resolveSafeChildPath(workspacePath, folder),
  ).catch(() => []);
  for (const { path, content, symlink } of found) {
    if (symlink) continue;
    try {
      files[path] = decoder.decode(content);
    } catch {
      throw new InputError(
        `sourcePath: ${folder}/${path} is no text. Only text files can be written to the GitOps repository.`,
      );
    }
  }
  if (Object.keys(files).length === 0) {
    throw new InputError(
      `sourcePath: the workspace has no files in \`${folder}\`.`,
    );
  }
  return files;
}
