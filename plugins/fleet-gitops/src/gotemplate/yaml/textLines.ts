/** What a line of a YAML text begins inside of. */
export type LineState =
  /** Brackets or quotes that an earlier line opened. */
  | 'open'
  /** The text of a block scalar. */
  | 'block-scalar'
  /** Tokens of block collections. */
  | 'tokens';

/** A line with what it begins inside of. */
export interface TextLine {
  /** Without its line feed. */
  line: string;
  state: LineState;
  /** Whether the last thing above it is a plain scalar, which this line may go on with. */
  isAfterPlain: boolean;
}

/** The lines of a YAML text, read without asking for any indentation inside of brackets and quotes. */
export function* textLines(text: string): Generator<TextLine> {
  let open = '';
  let isAfterPlain = false;
  let blockIndent: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ ]/);
    const isBlank = indent < 0 || /^\s*$/.test(line);
    if (blockIndent !== undefined && !open) {
      if (isBlank || indent > blockIndent) {
        yield { line, state: 'block-scalar', isAfterPlain: false };
        continue;
      }
      blockIndent = undefined;
    }
    yield { line, state: open ? 'open' : 'tokens', isAfterPlain };
    const scanned = scan(line, open);
    open = scanned.open;
    if (!isBlank) isAfterPlain = scanned.endsPlain;
    if (scanned.hasBlockScalar) blockIndent = parentIndent(line);
  }
}

/** The column of the entry that a block scalar at the end of a line is the value of. */
function parentIndent(line: string): number {
  const dashes = /^[ ]*(?:- +)*/.exec(line)![0];
  const rest = line.slice(dashes.length);
  if (!/^[|>]/.test(rest)) return dashes.length;
  const last = dashes.lastIndexOf('-');
  return last < 0 ? -1 : last;
}

interface Scanned {
  /** The brackets that are open and, last, the quote. */
  open: string;
  hasBlockScalar: boolean;
  endsPlain: boolean;
}

/** Reads a line on from what is open. */
function scan(line: string, state: string): Scanned {
  let open = state;
  let isTokenStart = !/["']$/.test(open);
  let endsPlain = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    const quote = /["']$/.exec(open)?.[0];
    if (quote) {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) {
        if (quote === "'" && line[at + 1] === "'") at++;
        else open = open.slice(0, -1);
      }
      isTokenStart = false;
      endsPlain = false;
    } else if (char === '#' && (at === 0 || /\s/.test(line[at - 1]))) {
      break;
    } else if (/\s/.test(char)) {
      // White space keeps whether a token may begin.
    } else if (isTokenStart && /["'[{]/.test(char)) {
      open += char;
      isTokenStart = char === '[' || char === '{';
      endsPlain = false;
    } else if (open && /[\]}]/.test(char)) {
      open = open.slice(0, -1);
      isTokenStart = false;
      endsPlain = false;
    } else if (isTokenStart && !open && /[|>]/.test(char)) {
      if (/^[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/.test(line.slice(at)))
        return { open, hasBlockScalar: true, endsPlain: false };
      isTokenStart = false;
    } else if (isTokenStart && /[&!]/.test(char)) {
      // An anchor or a tag: what it belongs to follows.
      at += /^\S*/.exec(line.slice(at))![0].length - 1;
    } else {
      const isIndicator =
        /[-?:]/.test(char) && /^(?:\s|$)/.test(line.slice(at + 1, at + 2));
      isTokenStart = isIndicator || (open !== '' && /[,:]/.test(char));
      endsPlain = !isTokenStart;
    }
  }
  return { open, hasBlockScalar: false, endsPlain };
}
