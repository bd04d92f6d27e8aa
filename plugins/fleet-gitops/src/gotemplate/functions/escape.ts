import { isPrintable } from '../fmt/quote';
import { runes, toBytes } from '../values/goString';

const HTML: Record<string, string> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\uFFFD',
};

/** text/template's HTMLEscapeString. */
export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, char => HTML[char]);
}

const JAVASCRIPT: Record<string, string> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

function hex4(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/** text/template's JSEscapeString. */
export function escapeJavaScript(text: string): string {
  return runes(text)
    .map(char => {
      const code = char.codePointAt(0)!;
      if (JAVASCRIPT[char]) {
        return JAVASCRIPT[char];
      }
      if (code >= 0x20 && code < 0x80) {
        return char;
      }
      if (code >= 0xdc80 && code <= 0xdcff) {
        return '\uFFFD';
      }
      return code >= 0x80 && isPrintable(char) ? char : `\\u${hex4(code)}`;
    })
    .join('');
}

/** url.QueryEscape. */
export function escapeQuery(text: string): string {
  return Array.from(toBytes(text), byte => {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(char)) {
      return char;
    }
    return char === ' '
      ? '+'
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
