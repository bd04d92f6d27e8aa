import type { Plan } from '@backstage-fleet/plugin-fleet-common';
import { planChanges } from '@backstage-fleet/plugin-fleet-gitops';
import { Command, Option } from 'commander';
import type { CommandContext } from '../io/console';
import { loadRevision, RepositoryOptions } from '../io/repository';
import { branchNamed } from '../io/repositoryIdentity';
import { planAsMarkdown } from '../text/planMarkdown';
import { planAsText } from '../text/planText';

const FORMATS: Record<string, (plan: Plan) => string> = {
  text: planAsText,
  json: plan => `${JSON.stringify(plan, undefined, 2)}\n`,
  markdown: planAsMarkdown,
};

interface PlanCommandOptions extends RepositoryOptions {
  from: string;
  to: string;
  repo: string;
  format: string;
}

/** `fleet plan --from REF --to REF`: what Argo CD would do with the change between two commits. */
export function addPlan(program: Command, context: CommandContext): void {
  program
    .command('plan')
    .description('Say what Argo CD would do after a change; 2 if a guard stops')
    .requiredOption('--from <ref>', 'branch, tag or commit before the change')
    .requiredOption('--to <ref>', 'branch, tag or commit with the change')
    .option('--repo <directory>', 'directory of the GitOps repository', '.')
    .addOption(
      new Option('--format <format>', 'how the plan is printed')
        .choices(Object.keys(FORMATS))
        .default('text'),
    )
    .option(
      '--url <url>',
      'URL of the repository as ApplicationSets name it (default: the remote origin)',
    )
    .option(
      '--branch <branch>',
      'branch that the change is for (default: --from where that is a branch)',
    )
    .action((options: PlanCommandOptions) => {
      const plan = planBetween(options);
      context.console.out(FORMATS[options.format](plan));
      if (plan.guards.some(({ level }) => level === 'stop'))
        context.exitCode = 2;
    });
}

function planBetween({ from, to, repo, ...options }: PlanCommandOptions): Plan {
  const branch = options.branch ?? branchNamed(repo, from);
  const before = loadRevision(repo, from, { ...options, branch });
  const after = loadRevision(repo, to, {
    url: before.repository.url,
    branch: before.branch,
  });
  const old = before.repository.files;
  const now = after.repository.files;
  const changes = new Map(
    [...new Set([...old.keys(), ...now.keys()])]
      .filter(path => old.get(path) !== now.get(path))
      .map(path => [path, now.get(path)]),
  );
  return planChanges({
    repository: before.repository,
    changes,
    hub: before.hub,
    branch: before.branch,
  });
}
