import type { Command } from 'commander';

/** Options of every command that reads a GitOps repository. */
export function addRepositoryOptions(command: Command): Command {
  return command
    .option(
      '--url <url>',
      'URL of the repository as ApplicationSets name it (default: the remote origin)',
    )
    .option(
      '--branch <branch>',
      'branch that the files are of (default: that of the remote, else the one checked out)',
    )
    .option(
      '--new-git-file-globbing',
      'find the files of git generators as Argo CD does with the option of that name',
    );
}
