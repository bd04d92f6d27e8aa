import type { Equatable } from '../comparison';
import { NotSupported } from '../errors';
import { declareType } from '../types';
import { IpAddress } from './ipAddress';

const HOST = /^[\w.~!$&'()*+,;=:[\]<>"-]*$/;
const PATH_CHARACTER = /[\w.~$&+,/:;=@!'()*[\]-]/;
/** Of a path these stay as they are where it is written anew. */
const PLAIN_PATH = /^[\w.~$&+,/:;=@-]$/;
const USER = /^[\w.~!$&'()*+,;=%@:-]*$/;
const PORT = /^(:\d*)?$/;

/** @returns `undefined` where an escape is none */
function unescape(text: string, plus = '+'): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const bytes = [...new TextEncoder().encode(text)];
  const result: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const character = String.fromCharCode(bytes[at]);
    if (character === '%') {
      result.push(
        parseInt(String.fromCharCode(bytes[at + 1], bytes[at + 2]), 16),
      );
      at += 2;
    } else if (character === '+') result.push(plus.charCodeAt(0));
    else result.push(bytes[at]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      new Uint8Array(result),
    );
  } catch {
    throw new NotSupported('an address with bytes that are no text');
  }
}

function isControl(character: string): boolean {
  return character < ' ' || character === '\u007f';
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1
    ? [text, '']
    : [text.slice(0, at), text.slice(at + separator.length)];
}

/** @returns `undefined` where it is none; with its port */
function hostOf(text: string, scheme: string): string | undefined {
  const open = text.lastIndexOf('[');
  if (open > 0) return undefined;
  if (open === 0) {
    const close = text.lastIndexOf(']');
    const address = text.slice(1, close);
    if (close < 0 || !PORT.test(text.slice(close + 1))) return undefined;
    if (address.includes('%')) throw new NotSupported('zones of addresses');
    if (/^[0:]*:ffff:/i.test(address))
      throw new NotSupported('IPv4 addresses within IPv6');
    return IpAddress.parse(address)?.family === 6 ? text : undefined;
  }
  const colon = /^https?$/.test(scheme)
    ? text.indexOf(':')
    : text.lastIndexOf(':');
  if (colon >= 0 && !PORT.test(text.slice(colon))) return undefined;
  // Of a host only what is not ASCII may be escaped.
  if (/%[0-7]/.test(text.replace(/%25/g, ''))) return undefined;
  const ascii = text.replace(/%[0-9a-fA-F]{2}|[^\0-\x7f]/g, '');
  return HOST.test(ascii.replace(/[[\]]/g, '[')) ? unescape(text) : undefined;
}

/**
 * An absolute address or path. Source: Go `net/url` `ParseRequestURI` and `Parse`, apiserver `pkg/cel/library/urls.go`.
 */
export class Url implements Equatable {
  private constructor(
    readonly scheme: string,
    /** With its port. */
    readonly host: string,
    private readonly path: string,
    private readonly query: string,
    private readonly text: string,
  ) {}

  /** @returns `undefined` where the text is none */
  static parse(text: string): Url | undefined {
    // The text as a whole must be a request's; its parts are those before the fragment.
    const [before, fragment] = cut(text, '#');
    if (!Url.#read(text) || unescape(fragment) === undefined) return undefined;
    return Url.#read(before, { isRequest: false });
  }

  static isUrl(text: string): boolean {
    return Url.#read(text) !== undefined;
  }

  static #read(
    text: string,
    { isRequest } = { isRequest: true },
  ): Url | undefined {
    if ([...text].some(isControl) || text === '') return undefined;
    if (text === '*') return new Url('', '', '*', '', text);
    const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):([^]*)$/.exec(text);
    if (!match && text.startsWith(':')) return undefined;
    const scheme = match?.[1].toLowerCase() ?? '';
    const [rest, query] = cut(match?.[2] ?? text, '?');
    if (!rest.startsWith('/'))
      return scheme === '' ? undefined : new Url(scheme, '', '', query, text);
    // Only what is no request has an authority without a scheme.
    const mayHaveHost =
      scheme !== '' || (!isRequest && !rest.startsWith('///'));
    if (!mayHaveHost || !rest.startsWith('//')) {
      return unescape(rest) === undefined
        ? undefined
        : new Url(scheme, '', rest, query, text);
    }
    const slash = rest.indexOf('/', 2);
    const end = slash === -1 ? rest.length : slash;
    const authority = rest.slice(2, end);
    const path = rest.slice(end);
    const at = authority.lastIndexOf('@');
    const user = authority.slice(0, Math.max(at, 0));
    if (!USER.test(user) || unescape(user) === undefined) return undefined;
    const host = hostOf(authority.slice(at + 1), scheme);
    return host === undefined || unescape(path) === undefined
      ? undefined
      : new Url(scheme, host, path, query, text);
  }

  get #hostAndPort(): [string, string] {
    const match = /^([^]*):(\d*)$/.exec(this.host);
    const host = match ? match[1] : this.host;
    return [host.replace(/^\[([^]*)\]$/, '$1'), match?.[2] ?? ''];
  }

  get hostname(): string {
    return this.#hostAndPort[0];
  }

  get port(): string {
    return this.#hostAndPort[1];
  }

  /** As it is written where that is an escaped path, else escaped anew. */
  get escapedPath(): string {
    const written = [...this.path.replace(/%[0-9a-fA-F]{2}/g, '')];
    if (written.every(character => PATH_CHARACTER.test(character)))
      return this.path;
    return [...(unescape(this.path) ?? '')]
      .map(character =>
        PLAIN_PATH.test(character)
          ? character
          : Array.from(
              new TextEncoder().encode(character),
              byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
            ).join(''),
      )
      .join('');
  }

  get queryParameters(): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const part of this.query.split('&')) {
      if (part === '' || part.includes(';')) continue;
      const [name, value] = cut(part, '=').map(side => unescape(side, ' '));
      if (name === undefined || value === undefined) continue;
      found.set(name, [...(found.get(name) ?? []), value]);
    }
    return found;
  }

  equals(other: Url): boolean {
    if (this.text === other.text) return true;
    throw new NotSupported('whether two addresses are the same');
  }
}

declareType('URL', Url);
