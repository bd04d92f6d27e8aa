import type { Explanation } from '@backstage-fleet/plugin-fleet-common';
import { explain } from '@backstage-fleet/plugin-fleet-gitops';
import type { Command } from 'commander';
import type { CommandContext } from '../io/console';
import { loadCheckout, RepositoryOptions } from '../io/repository';
import { addRepositoryOptions } from './repositoryOptions';

/** `fleet explain SERVICE CLUSTER`: why a service is, or is not, on a cluster. */
export function addExplain(
  program: Command,
  { console }: CommandContext,
): void {
  addRepositoryOptions(program.command('explain'))
    .description('Say why a service is, or is not, on a cluster')
    .argument('<service>', 'name of the service')
    .argument('<cluster>', 'name of the cluster')
    .option('--repo <directory>', 'directory of the GitOps repository', '.')
    .option('--json', 'print JSON')
    .action(
      async (
        service: string,
        cluster: string,
        options: RepositoryOptions & { repo: string; json?: true },
      ) => {
        const { repository, hub, branch } = await loadCheckout(
          options.repo,
          options,
        );
        const explanation = explain({
          service,
          cluster,
          repository,
          hub,
          hubId: 'the repository',
          branch,
        });
        console.out(
          options.json
            ? `${JSON.stringify(explanation, undefined, 2)}\n`
            : describe(explanation),
        );
      },
    );
}

function describe(explanation: Explanation): string {
  const { sentence, checks, file, intent, plan } = explanation;
  return [
    sentence,
    ...checks.map(
      ({ text, actual, passed }) =>
        `  ${passed ? 'ok ' : 'no '} ${text}${
          actual === undefined ? '' : ` (${actual})`
        }`,
    ),
    ...(file ? [`Decided in ${file}.`] : []),
    ...(intent
      ? [
          `This would put it there: ${intent.kind} ${JSON.stringify(
            intent.parameters,
          )}`,
        ]
      : []),
    ...(plan ? [`It ${plan.summary}.`] : []),
  ]
    .map(line => `${line}\n`)
    .join('');
}
