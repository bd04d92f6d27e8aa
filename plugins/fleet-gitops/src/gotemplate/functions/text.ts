import {
  byteLength,
  byteSlice,
  fromBytes,
  isAscii,
  runes,
  toBytes,
} from '../values/goString';

/** unicode.IsSpace. */
export function isSpace(char: string): boolean {
  return /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/.test(
    char,
  );
}

/** unicode.ToUpper of one character: Go maps characters one to one. */
export function upperCharacter(char: string): string {
  const changed = char.toUpperCase();
  return runes(changed).length === 1 ? changed : char;
}

/** unicode.ToLower of one character. */
export function lowerCharacter(char: string): string {
  if (char === '\u0130') {
    return 'i';
  }
  const changed = char.toLowerCase();
  return runes(changed).length === 1 ? changed : char;
}

export function isUpper(char: string): boolean {
  return /^\p{Lu}$/u.test(char);
}

export function isLower(char: string): boolean {
  return /^\p{Ll}$/u.test(char);
}

/** strings.ToUpper. */
export function upper(text: string): string {
  return isAscii(text)
    ? text.toUpperCase()
    : runes(text).map(upperCharacter).join('');
}

/** strings.ToLower. */
export function lower(text: string): string {
  return isAscii(text)
    ? text.toLowerCase()
    : runes(text).map(lowerCharacter).join('');
}

/** strings.TrimSpace. */
export function trimSpace(text: string): string {
  const chars = runes(text);
  let start = 0;
  let end = chars.length;
  while (start < end && isSpace(chars[start])) {
    start++;
  }
  while (end > start && isSpace(chars[end - 1])) {
    end--;
  }
  return chars.slice(start, end).join('');
}

/** Whether a character separates words for strings.Title. */
function isSeparator(char: string): boolean {
  const code = char.codePointAt(0)!;
  if (code <= 0x7f) {
    return !/[0-9A-Za-z_]/.test(char);
  }
  return !/[\p{L}\p{Nd}]/u.test(char) && isSpace(char);
}

/** strings.Title: upper case after everything that separates words. */
export function title(text: string): string {
  let previous = ' ';
  return runes(text)
    .map(char => {
      const changed = isSeparator(previous) ? upperCharacter(char) : char;
      previous = char;
      return changed;
    })
    .join('');
}

/** goutils.Uncapitalize: the first character of each word in lower case. */
export function uncapitalize(text: string): string {
  let atStart = true;
  return runes(text)
    .map(char => {
      if (isSpace(char)) {
        atStart = true;
        return char;
      }
      const changed = atStart ? lowerCharacter(char) : char;
      atStart = false;
      return changed;
    })
    .join('');
}

/** goutils.SwapCase. */
export function swapCase(text: string): string {
  return runes(text)
    .map(char => {
      if (isUpper(char) || /^\p{Lt}$/u.test(char)) {
        return lowerCharacter(char);
      }
      return isLower(char) ? upperCharacter(char) : char;
    })
    .join('');
}

/** A byte as goutils takes it for a character. */
function byteCharacters(text: string): string[] {
  return Array.from(toBytes(text), byte => String.fromCharCode(byte));
}

/** goutils.DeleteWhiteSpace, which works on bytes. */
export function deleteWhitespace(text: string): string {
  const chars = byteCharacters(text);
  const kept = chars.filter(char => !isSpace(char));
  return kept.length === chars.length ? text : kept.join('');
}

/** goutils.Initials, which works on bytes. */
export function initials(text: string): string {
  let afterGap = true;
  let result = '';
  for (const char of byteCharacters(text)) {
    if (isSpace(char)) {
      afterGap = true;
    } else if (afterGap) {
      result += char;
      afterGap = false;
    }
  }
  return result;
}

/** goutils.AbbreviateFull: at most `width` bytes, from about `offset` on. */
export function abbreviate(
  text: string,
  offset: number,
  width: number,
): string {
  const length = byteLength(text);
  if (width < 4) {
    return '';
  }
  if (length <= width) {
    return text;
  }
  let start = Math.min(offset, length);
  if (length - start < width - 3) {
    start = length - (width - 3);
  }
  if (start <= 4) {
    return `${byteSlice(text, 0, width - 3)}...`;
  }
  if (width < 7) {
    return '';
  }
  return start + width - 3 < length
    ? `...${abbreviate(byteSlice(text, start), 0, width - 3)}`
    : `...${byteSlice(text, length - (width - 3))}`;
}

const SPACE = 0x20;

/** goutils.WrapCustom: breaks a line at spaces so that no part is longer than `width` bytes. */
export function wrapText(
  text: string,
  width: number,
  separator: string,
  breakLongWords: boolean,
): string {
  const bytes = toBytes(text);
  const limit = Math.max(width, 1);
  const newline = toBytes(separator === '' ? '\n' : separator);
  const out: number[] = [];
  let offset = 0;
  const take = (end: number) => {
    out.push(...bytes.subarray(offset, end), ...newline);
  };
  while (bytes.length - offset > limit) {
    if (bytes[offset] === SPACE) {
      offset++;
      continue;
    }
    const lastSpace = bytes.lastIndexOf(SPACE, limit + offset);
    if (lastSpace >= offset) {
      take(lastSpace);
      offset = lastSpace + 1;
    } else if (breakLongWords) {
      take(limit + offset);
      offset += limit;
    } else {
      const nextSpace = bytes.indexOf(SPACE, limit + offset);
      if (nextSpace < 0) {
        out.push(...bytes.subarray(offset));
        offset = bytes.length;
      } else {
        take(nextSpace);
        offset = nextSpace + 1;
      }
    }
  }
  out.push(...bytes.subarray(offset));
  return fromBytes(Uint8Array.from(out));
}
