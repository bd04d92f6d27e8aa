import {
  applyYamlEdits,
  YamlEditError,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { Command } from 'commander';
import type { CommandContext } from '../io/console';
import { readLines } from '../io/lines';
import { EditRequestError, parseEditRequest } from '../text/editRequest';

/** `fleet edit`: lossless edits of YAML and JSON texts, one request and one answer a line. */
export function addEdit(program: Command, { console }: CommandContext): void {
  program
    .command('edit')
    .description('Edit YAML and JSON texts, touching nothing else')
    .addHelpText(
      'after',
      `
Reads one JSON object a line from standard input:
  {"id", "source", "edits": [{"op", "path": [..], "key"?, "index"?, "value"?, "document"?}]}
and answers each, in order, with a line:
  {"id", "output"} or {"id", "refused": {"reason", "line", "message"}}

set     replaces the value at path
add     puts key into the map at path
remove  takes away what path (and key or index) leads to
rename  gives the key at the end of path the name key
append  adds value to the list at path
insert  puts value in front of the item index of the list at path

The edits of a request are made one after the other, or none of them.`,
    )
    .action(async () => {
      for await (const line of readLines(console.input)) {
        if (line.trim() === '') continue;
        console.out(`${JSON.stringify(answer(line))}\n`);
      }
    });
}

function answer(line: string): object {
  let id: unknown = null;
  try {
    const request = parseEditRequest(line);
    id = request.id ?? null;
    return { id, output: applyYamlEdits(request.source, request.edits) };
  } catch (error) {
    if (error instanceof YamlEditError) {
      const { reason, line: at, message } = error;
      return { id, refused: { reason, line: at, message } };
    }
    if (error instanceof EditRequestError) {
      const { message } = error;
      return {
        id: error.id ?? null,
        refused: { reason: 'invalid-request', line: 0, message },
      };
    }
    // One answer a line, whatever happens: who waits for the others must get them.
    const message = `The text cannot be edited: ${
      error instanceof Error ? error.message : error
    }.`;
    return { id, refused: { reason: 'failed', line: 0, message } };
  }
}
