import {
  checkGoldenCase,
  GoldenCase,
  sweepYamlEdits,
} from '@backstage-fleet/plugin-fleet-gitops';
import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext, Console } from '../io/console';
import { readSweptText } from '../io/editSweepFiles';
import { findConformanceFiles, readGoldenCases } from '../io/goldenCaseFiles';
import { shorten } from '../text/shorten';
import { SweepCount } from '../text/sweepCount';

/** How many cases were right and wrong. */
interface Result {
  passed: number;
  failed: number;
}

/** `fleet conformance PATH…`: does the engine answer golden cases as the upstream programs did, are its edits lossless. */
export function addConformance(
  program: Command,
  context: CommandContext,
): void {
  program
    .command('conformance')
    .description(
      'Compare the engine with what Argo CD, Helm and Git answered; sweep edits through YAML files',
    )
    .argument(
      '<path...>',
      'files of golden cases (.json, .json.gz), YAML files, or folders of them',
    )
    .option(
      '--every <number>',
      'of the edits of a YAML file, make only each of this number',
      positiveInteger,
      1,
    )
    .addHelpText(
      'after',
      `
In YAML files, and in JSON files without golden cases, each scalar, map and list is edited in each way, one edit at a
time. An edit passes if it is refused, or changes only its target.`,
    )
    .action(async (paths: string[], { every }: { every: number }) => {
      const { console } = context;
      const files = await findConformanceFiles(paths);
      const golden = await checkGoldenFiles(files.golden, console);
      const swept = await sweepFiles(files.swept, every, console);
      const failed = golden.failed + swept.failed;
      console.out(`${golden.passed + swept.passed} passed, ${failed} failed\n`);
      if (failed > 0) context.exitCode = 1;
    });
}

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('It must be a number from 1 on.');
  return number;
}

async function checkGoldenFiles(
  files: string[],
  console: Console,
): Promise<Result> {
  const result = { passed: 0, failed: 0 };
  for (const file of files) {
    for (const input of await readGoldenCases(file)) {
      const difference = checkGoldenCase(input);
      if (difference === undefined) {
        result.passed++;
      } else {
        result.failed++;
        console.out(describeFailure(file, input, difference));
      }
    }
  }
  return result;
}

async function sweepFiles(
  files: string[],
  every: number,
  console: Console,
): Promise<Result> {
  const count = new SweepCount();
  for (const file of files) {
    const text = await readSweptText(file);
    if (text === undefined) {
      count.skipped++;
      continue;
    }
    for (const swept of sweepYamlEdits(text, at => at % every === 0)) {
      count.add(swept);
      if (swept.outcome === 'wrong')
        console.out(describeFailure(file, swept, swept.message));
    }
  }
  if (files.length > 0) console.out(count.describe());
  return { passed: count.passed, failed: count.failed };
}

function describeFailure(
  file: string,
  { name }: Pick<GoldenCase, 'name'>,
  difference: string,
): string {
  const lines = shorten(difference, { lines: 12, columns: 400 });
  return `${name} (${file})\n${lines.map(line => `  ${line}\n`).join('')}`;
}
