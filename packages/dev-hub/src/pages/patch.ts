export interface DiffLine {
  kind: 'context' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1, on the sides where the line is. */
  before?: number;
  after?: number;
  /** Start and end of what differs from the line that it replaces. */
  highlight?: [start: number, end: number];
}

export interface DiffHunk {
  header: string;
  lines: DiffLine[];
}

/** Reads the hunks of a unified diff. */
export function parsePatch(patch: string): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let before = 0;
  let after = 0;
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header) {
      before = Number(header[1]);
      after = Number(header[2]);
      hunks.push({ header: line, lines: [] });
      continue;
    }
    const lines = hunks.at(-1)?.lines;
    const text = line.slice(1);
    if (line.startsWith('+')) {
      lines?.push({ kind: 'added', text, after: after++ });
    } else if (line.startsWith('-')) {
      lines?.push({ kind: 'removed', text, before: before++ });
    } else if (line.startsWith(' ')) {
      lines?.push({
        kind: 'context',
        text,
        before: before++,
        after: after++,
      });
    }
  }
  hunks.forEach(hunk => highlightReplacements(hunk.lines));
  return hunks;
}

/** Marks what differs where as many lines were removed as were added in their place. */
function highlightReplacements(lines: DiffLine[]): void {
  let position = 0;
  while (position < lines.length) {
    const removed = run(lines, position, 'removed');
    const added = run(lines, position + removed.length, 'added');
    if (removed.length > 0 && removed.length === added.length) {
      removed.forEach((line, index) => highlightPair(line, added[index]));
    }
    position += Math.max(1, removed.length + added.length);
  }
}

function run(lines: DiffLine[], start: number, kind: DiffLine['kind']) {
  let end = start;
  while (lines[end]?.kind === kind) {
    end++;
  }
  return lines.slice(start, end);
}

function highlightPair(removed: DiffLine, added: DiffLine) {
  const left = removed.text;
  const right = added.text;
  const shorter = Math.min(left.length, right.length);
  let prefix = 0;
  while (prefix < shorter && left[prefix] === right[prefix]) {
    prefix++;
  }
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    left.at(-1 - suffix) === right.at(-1 - suffix)
  ) {
    suffix++;
  }
  // Whole words and versions: "2.14.2" → "2.15.0", not "4.2" → "5.0".
  const inWord = (at: number, text: string) =>
    /[\w.-]/.test(text[at - 1] ?? '') && /[\w.-]/.test(text[at] ?? '');
  while (prefix > 0 && (inWord(prefix, left) || inWord(prefix, right))) {
    prefix--;
  }
  while (
    suffix > 0 &&
    (inWord(left.length - suffix, left) || inWord(right.length - suffix, right))
  ) {
    suffix--;
  }
  // Lines that share little are two different lines; marking nearly everything says nothing.
  const indent = /^\s*/.exec(left)![0].length;
  if (prefix + suffix - Math.min(prefix, indent) < shorter / 4) {
    return;
  }
  const mark = (line: DiffLine) => {
    const end = line.text.length - suffix;
    if (end > prefix) {
      line.highlight = [prefix, end];
    }
  };
  mark(removed);
  mark(added);
}
