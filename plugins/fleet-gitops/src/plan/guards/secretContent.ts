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
 * Reads added lines only. The message names the file, the line and the kind, never the secret.
 */
export function secretContent({ edits, after }: GuardContext): Guard[] {
  const findings = edits.flatMap(({ path, diff, action }): Finding[] => {
    if (action === 'delete') return [];
    const inLines = addedLines(diff).flatMap(({ line, text }) => {
      const what = describeLine(text);
      return what === undefined ? [] : [{ file: path, line, what }];
    });
    // A line already says what is wrong with the file.
    return inLines.length > 0
      ? inLines
      : exposedSecrets(path, { edits, after });
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

/** Secrets of a file whose content the change adds or alters. */
function exposedSecrets(
  file: string,
  { edits, after }: Pick<GuardContext, 'edits' | 'after'>,
): Finding[] {
  const edit = edits.find(({ path }) => path === file);
  const text = after.repository.files.get(file);
  if (!edit || text === undefined || !/\.(ya?ml|json)$/.test(file)) return [];
  const added = addedLines(edit.diff).map(line => line.text);
  return [...secretManifests(text)]
    .filter(([, content]) => added.some(line => touches(line, content)))
    .map(([name]) => ({
      file,
      what: `the content of Secret \`${name}\``,
    }));
}

/** Whether a line is one of a Secret's that has this content: its kind, one of its keys, or a part of a value. */
function touches(line: string, content: string): boolean {
  const entries: Array<[string, string]> = JSON.parse(content);
  if (/^\s*"?kind"?:\s*"?Secret\b/.test(line)) return true;
  const trimmed = line.trim();
  return (
    trimmed.length > 0 &&
    entries.some(
      ([key, value]) =>
        new RegExp(`^["']?${escape(key)}["']?\\s*:`).test(trimmed) ||
        (trimmed.length >= 4 && value.includes(trimmed)),
    )
  );
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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
