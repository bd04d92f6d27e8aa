import type { Guard } from '@backstage-fleet/plugin-fleet-common';
import { knownSecret, randomValueKey } from './secretPatterns';
import { secretManifests } from './secretManifests';
import { GuardContext, stop } from './types';

interface Finding {
  file: string;
  line?: number;
  what: string;
}

/**
 * Stops a change that would write a secret to Git: what is committed once is in its history for good.
 *
 * @remarks
 * What was there before is not this change's doing. The message names the file, the line and the kind, never the secret.
 */
export function secretContent({ edits, before, after }: GuardContext): Guard[] {
  const findings = edits.flatMap(({ path, diff, action }): Finding[] => {
    if (action === 'delete') return [];
    const inLines = addedLines(diff).flatMap(({ line, text }) => {
      const what = describeLine(text);
      return what === undefined ? [] : [{ file: path, line, what }];
    });
    // A line already says what is wrong with the file.
    return inLines.length > 0
      ? inLines
      : exposedSecrets(path, { before, after });
  });
  return findings.length > 0
    ? [stop('secret-content', describe(findings))]
    : [];
}

function describeLine(text: string): string | undefined {
  const known = knownSecret(text);
  if (known) return known;
  const key = randomValueKey(text);
  return key === undefined
    ? undefined
    : `a value at \`${key}\` that looks random`;
}

/** Secrets of a file that expose something which they did not expose before. */
function exposedSecrets(
  file: string,
  { before, after }: Pick<GuardContext, 'before' | 'after'>,
): Finding[] {
  const text = after.repository.files.get(file);
  if (text === undefined || !/\.(ya?ml|json)$/.test(file)) return [];
  const known = secretManifests(before.repository.files.get(file) ?? '');
  return [...secretManifests(text)]
    .filter(([name, entries]) => {
      const old = new Set(known.get(name)?.map(entry => entry.join('\n')));
      return entries.some(entry => !old.has(entry.join('\n')));
    })
    .map(([name]) => ({
      file,
      what: name
        ? `the content of Secret \`${name}\``
        : 'the content of a Secret',
    }));
}

/** Lines that a unified diff adds, with their numbers in the new file. */
export function addedLines(
  diff: string,
): Array<{ line: number; text: string }> {
  const added: Array<{ line: number; text: string }> = [];
  let line = 0;
  for (const row of diff.split('\n')) {
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(row);
    if (hunk) {
      line = Number(hunk[1]);
    } else if (line > 0 && row.startsWith('+')) {
      added.push({ line, text: row.slice(1) });
      line++;
    } else if (line > 0 && row.startsWith(' ')) {
      line++;
    }
  }
  return added;
}

function describe(findings: Finding[]): string {
  const shown = findings
    .slice(0, 5)
    .map(
      ({ file, line, what }) =>
        `${line === undefined ? file : `${file}:${line}`} has ${what}`,
    )
    .join('; ');
  const hidden = findings.length - 5;
  return `Writes secrets to Git: ${shown}${
    hidden > 0 ? `; and ${hidden} more` : ''
  }. Keep them in a secret store and refer to them.`;
}
