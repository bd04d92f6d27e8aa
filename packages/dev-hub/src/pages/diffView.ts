import type { FileDiff } from '../git';
import type { PageContext } from './PageContext';
import { markup, type Markup } from './markup';
import { parsePatch, type DiffLine } from './patch';

const MOST_LINES = 1500;

const STATUS_WORDS: Record<FileDiff['status'], string> = {
  added: 'Added',
  removed: 'Deleted',
  modified: 'Modified',
  renamed: 'Renamed',
  changed: 'Mode changed',
};

const SIGNS = { context: ' ', added: '+', removed: '−' } as const;

function codeCell({ text, highlight }: DiffLine): Markup {
  if (!highlight) {
    return markup`${text}`;
  }
  const [start, end] = highlight;
  return markup`${text.slice(0, start)}<mark>${text.slice(
    start,
    end,
  )}</mark>${text.slice(end)}`;
}

function line(row: DiffLine): Markup {
  return markup`<tr class="${row.kind}"><td class="number">${
    row.before
  }</td><td class="number">${row.after}</td><td class="sign">${
    SIGNS[row.kind]
  }</td><td class="code">${codeCell(row)}</td></tr>`;
}

function body(file: FileDiff): Markup {
  if (file.patch === undefined) {
    return markup`<p class="empty">${
      file.status === 'renamed'
        ? 'Renamed without changes.'
        : 'No text to show: a binary or empty file.'
    }</p>`;
  }
  const hunks = parsePatch(file.patch);
  const total = hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  if (total > MOST_LINES) {
    return markup`<p class="empty">${total} lines: too many to show here.</p>`;
  }
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Changes in ${
    file.path
  }"><table class="diff"><tbody>${hunks.map(
    hunk =>
      markup`<tr class="hunk"><td class="number"></td><td class="number"></td><td class="sign"></td><td class="code">${
        hunk.header
      }</td></tr>${hunk.lines.map(line)}`,
  )}</tbody></table></div>`;
}

export function changeCount(additions: number, deletions: number): Markup {
  return markup`<span class="counts"><span class="plus">+${additions}</span> <span class="minus">−${deletions}</span></span>`;
}

/** All files of a diff, each in a card that can be folded. */
export function diffView(
  context: PageContext,
  files: readonly FileDiff[],
  options: { head: string },
): Markup {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const count = files.length === 1 ? '1 file' : `${files.length} files`;
  return markup`<section aria-labelledby="files-changed"><h2 id="files-changed" class="section">${count} changed ${changeCount(
    additions,
    deletions,
  )}</h2>${files.map(
    file =>
      markup`<div class="card file"><details open><summary><span class="path">${
        file.previousPath ? markup`${file.previousPath} → ` : ''
      }${file.path}</span><span class="badge ${file.status}">${
        STATUS_WORDS[file.status]
      }</span><span class="space"></span>${changeCount(
        file.additions,
        file.deletions,
      )}</summary>${body(file)}</details>${
        file.status !== 'removed' &&
        markup`<a class="view" href="${context.url(
          'blob',
          options.head,
          file.path,
        )}" aria-label="View file ${file.path}">View file</a>`
      }</div>`,
  )}</section>`;
}
