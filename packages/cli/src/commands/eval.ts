import {
  describeOrigin,
  destinationCluster,
  evaluateRepository,
  indexRepository,
  readApplicationVersion,
  RepositoryEvaluation,
  templateLine,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Command } from 'commander';
import type { CommandContext } from '../io/console';
import { loadCheckout, RepositoryOptions } from '../io/repository';
import { formatTable } from '../text/table';
import { addRepositoryOptions } from './repositoryOptions';

/** `fleet eval [REPO]`: the Applications that a checkout brings about on the clusters that its files register. */
export function addEval(program: Command, context: CommandContext): void {
  addRepositoryOptions(program.command('eval'))
    .description('List the Applications that Argo CD would have')
    .argument('[repo]', 'directory of the GitOps repository', '.')
    .option('--json', 'print JSON, with the whole Applications')
    .action(
      async (
        directory: string,
        options: RepositoryOptions & { json?: true },
      ) => {
        const { console } = context;
        const { repository, hub, branch } = await loadCheckout(
          directory,
          options,
        );
        const evaluation = evaluateRepository(repository, hub, { branch });
        const applications = listApplications(evaluation);
        const problems = listProblems(evaluation);
        if (options.json) {
          console.out(
            `${JSON.stringify({ applications, problems }, undefined, 2)}\n`,
          );
        } else {
          console.out(describe(applications));
          for (const { file, line, message } of problems)
            console.error(`${line ? `${file}:${line}` : file}: ${message}\n`);
        }
        if (problems.some(({ status }) => status === 'error'))
          context.exitCode = 1;
      },
    );
}

function listApplications({ origins, hub }: RepositoryEvaluation) {
  return origins.flatMap(({ kind, name, file, declared, evaluation, home }) =>
    evaluation.status === 'ok'
      ? evaluation.applications.map(({ application, generator }) => ({
          cluster: destinationCluster(application, hub.clusters),
          version: readApplicationVersion(application, hub.repositories)?.text,
          ...(declared
            ? { applicationSet: declared.object.metadata.name }
            : {}),
          origin: { kind, name, file, ...(home === undefined ? {} : { home }) },
          file,
          generator,
          application,
        }))
      : [],
  );
}

type ListedApplication = ReturnType<typeof listApplications>[number];

/** What the destination says, for a cluster that no file registers. */
function namedDestination({ spec }: ListedApplication['application']): string {
  return spec.destination?.name || spec.destination?.server || '-';
}

function describe(applications: ListedApplication[]): string {
  if (applications.length === 0) return 'No Applications.\n';
  const rows = applications.map(({ cluster, version, origin, application }) => [
    cluster ?? namedDestination(application),
    application.metadata.name,
    application.spec.destination?.namespace || '-',
    version ?? '-',
    `${origin.kind} ${origin.name}`,
  ]);
  const ordered = rows.sort(
    (one, other) =>
      compareText(one[0], other[0]) || compareText(one[1], other[1]),
  );
  return formatTable(
    ['CLUSTER', 'APPLICATION', 'NAMESPACE', 'VERSION', 'MADE BY'],
    ordered,
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function listProblems({ repository, origins }: RepositoryEvaluation) {
  const unreadable = indexRepository(repository).problems.map(
    ({ file, line, message }) => {
      const lines = (repository.files.get(file) ?? '').split('\n');
      // What the parser says of a template's braces helps nobody.
      const isTemplate = lines[line - 1]?.includes('{{');
      return {
        status: 'error' as const,
        file,
        line: undefined,
        message: `line ${line} cannot be read: ${
          isTemplate
            ? 'a template is no YAML. Keep it in the `templates` directory of a chart.'
            : message
        }`,
      };
    },
  );
  const failed = origins.flatMap(origin => {
    const { evaluation, declared, file } = origin;
    if (evaluation.status === 'ok') return [];
    const { status, message } = evaluation;
    const verb = status === 'error' ? 'fails' : 'is not evaluable';
    return [
      {
        status,
        file,
        line: templateLine(origin, repository),
        ...(declared ? { applicationSet: declared.object.metadata.name } : {}),
        message: `${describeOrigin(origin)} ${verb}: ${message}`,
      },
    ];
  });
  return [...unreadable, ...failed];
}
