export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

interface ScalarAnalysis {
  multiline: boolean;
  plainAllowed: boolean;
  singleAllowed: boolean;
  blockAllowed: boolean;
}

/** Whether libyaml writes a character as it is; characters beyond the basic plane are escaped. */
export function isPrintable(char: string): boolean {
  const code = char.codePointAt(0)!;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff)
  );
}

/** Whether a character ends a line in YAML 1.1. */
export function isBreak(char: string | undefined): boolean {
  return char !== undefined && /^[\r\n\u0085\u2028\u2029]$/.test(char);
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

const ESCAPES: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

/** A character in a double-quoted text. */
export function escapeCharacter(char: string): string {
  if (ESCAPES[char]) {
    return `\\${ESCAPES[char]}`;
  }
  const code = char.codePointAt(0)!;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) {
    return `\\x${digits.padStart(2, '0')}`;
  }
  return code <= 0xffff
    ? `\\u${digits.padStart(4, '0')}`
    : `\\U${digits.padStart(8, '0')}`;
}

/** yaml_emitter_analyze_scalar: the styles in which a text can be written. */
export function analyzeScalar(chars: readonly string[]): ScalarAnalysis {
  if (chars.length === 0) {
    return {
      multiline: false,
      plainAllowed: true,
      singleAllowed: true,
      blockAllowed: false,
    };
  }
  const start = chars.slice(0, 3).join('');
  let blockIndicators = start === '---' || start === '...';
  let lineBreaks = false;
  let special = false;
  let breakSpace = false;
  let spaceBreak = false;
  let precededByWhitespace = true;
  chars.forEach((char, index) => {
    const next = chars[index + 1];
    const followedByWhitespace = next === undefined || isBlank(next);
    if (index === 0 && '#,[]{}&*!|>\'"%@`'.includes(char)) {
      blockIndicators = true;
    } else if (index === 0 && '?:-'.includes(char) && followedByWhitespace) {
      blockIndicators = true;
    } else if (
      index > 0 &&
      ((char === ':' && followedByWhitespace) ||
        (char === '#' && precededByWhitespace))
    ) {
      blockIndicators = true;
    }
    special = special || !isPrintable(char);
    if (char === ' ') {
      breakSpace = breakSpace || isBreak(chars[index - 1]);
    } else if (isBreak(char)) {
      lineBreaks = true;
      spaceBreak = spaceBreak || chars[index - 1] === ' ';
    }
    precededByWhitespace = isBlank(char) || isBreak(char) || char === '\0';
  });
  const first = chars[0];
  const last = chars[chars.length - 1];
  const edge = first === ' ' || isBreak(first) || last === ' ' || isBreak(last);
  const quotedOnly = spaceBreak || special;
  return {
    multiline: lineBreaks,
    plainAllowed:
      !edge && !breakSpace && !quotedOnly && !lineBreaks && !blockIndicators,
    singleAllowed: !breakSpace && !quotedOnly,
    blockAllowed: last !== ' ' && !quotedOnly,
  };
}

/** yaml_emitter_select_scalar_style: the wanted style, or the next one that can hold the text. */
export function selectStyle(
  chars: readonly string[],
  wanted: ScalarStyle,
  isSimpleKey: boolean,
): ScalarStyle {
  const analysis = analyzeScalar(chars);
  let style = wanted;
  if (isSimpleKey && analysis.multiline) {
    style = 'double';
  }
  if (
    style === 'plain' &&
    (!analysis.plainAllowed || (chars.length === 0 && isSimpleKey))
  ) {
    style = 'single';
  }
  if (style === 'single' && !analysis.singleAllowed) {
    style = 'double';
  }
  if (style === 'literal' && (!analysis.blockAllowed || isSimpleKey)) {
    style = 'double';
  }
  return style;
}
