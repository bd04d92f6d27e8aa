import {
  checkGoldenCase,
  GoldenCase,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Command } from 'commander';
import type { CommandContext } from '../io/console';
import { findGoldenCaseFiles, readGoldenCases } from '../io/goldenCaseFiles';
import { shorten } from '../text/shorten';

/** `fleet conformance PATH…`: does the engine answer golden cases as the upstream programs did. */
export function addConformance(
  program: Command,
  context: CommandContext,
): void {
  program
    .command('conformance')
    .description('Compare the engine with what Argo CD, Helm and Git answered')
    .argument('<path...>', 'files of golden cases (.json, .json.gz) or folders')
    .action(async (paths: string[]) => {
      const { console } = context;
      let passed = 0;
      let failed = 0;
      for (const file of await findGoldenCaseFiles(paths)) {
        for (const input of await readGoldenCases(file)) {
          const difference = checkGoldenCase(input);
          if (difference === undefined) {
            passed++;
          } else {
            failed++;
            console.out(describeFailure(file, input, difference));
          }
        }
      }
      console.out(`${passed} passed, ${failed} failed\n`);
      if (failed > 0) context.exitCode = 1;
    });
}

function describeFailure(
  file: string,
  { name }: GoldenCase,
  difference: string,
): string {
  const lines = shorten(difference, { lines: 12, columns: 400 });
  return `${name} (${file})\n${lines.map(line => `  ${line}\n`).join('')}`;
}
