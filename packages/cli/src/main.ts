import { Command, CommanderError } from 'commander';
import { addConformance } from './commands/conformance';
import { addEdit } from './commands/edit';
import { addEval } from './commands/eval';
import { addExplain } from './commands/explain';
import { addPlan } from './commands/plan';
import { Console, CommandContext, processConsole } from './io/console';

/**
 * Runs the `fleet` command line.
 *
 * @param argv - as Node has it: the command begins at the third element
 * @returns the exit code: 0, 1 for an error or a failed check, 2 where a guard stops a plan
 */
export async function main(
  argv: string[],
  console: Console = processConsole(),
): Promise<number> {
  const context: CommandContext = { console, exitCode: 0 };
  const program = new Command('fleet')
    .description('What a GitOps repository would make Argo CD do')
    .exitOverride()
    .configureOutput({ writeOut: console.out, writeErr: console.error });
  addConformance(program, context);
  addEval(program, context);
  addPlan(program, context);
  addExplain(program, context);
  addEdit(program, context);
  try {
    await program.parseAsync(argv);
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    console.error(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}
