import { FunctionError } from '../errors';
import { fromBytes, toBytes } from '../values/goString';

/** Parts of a URL that escape different characters. */
type Mode = 'path' | 'userinfo' | 'host' | 'zone' | 'fragment';

const UNESCAPED: Record<Mode, RegExp> = {
  path: /[A-Za-z0-9\-_.~$&+,/:;=@]/,
  userinfo: /[A-Za-z0-9\-_.~$&+,;=]/,
  host: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  zone: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  fragment: /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/,
};

function escape(text: string, mode: Mode): string {
  return Array.from(toBytes(text), byte => {
    const char = String.fromCharCode(byte);
    return byte < 0x80 && UNESCAPED[mode].test(char)
      ? char
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

function unescape(text: string, mode: Mode): string {
  const bytes: number[] = [];
  const source = toBytes(text);
  const chars = Array.from(source, byte => String.fromCharCode(byte)).join('');
  for (let index = 0; index < chars.length; index++) {
    const char = chars[index];
    if (char !== '%') {
      if (
        (mode === 'host' || mode === 'zone') &&
        source[index] < 0x80 &&
        !UNESCAPED[mode].test(char)
      ) {
        throw new FunctionError(
          `invalid character ${JSON.stringify(char)} in host name`,
        );
      }
      bytes.push(source[index]);
      continue;
    }
    const digits = /^[0-9a-fA-F]{2}/.exec(chars.slice(index + 1))?.[0];
    const shown = chars.slice(index, index + 3);
    const invalid = () =>
      new FunctionError(`invalid URL escape ${JSON.stringify(shown)}`);
    if (digits === undefined) {
      throw invalid();
    }
    const value = parseInt(digits, 16);
    if (mode === 'host' && value < 0x80 && shown !== '%25') {
      throw invalid();
    }
    if (
      mode === 'zone' &&
      shown !== '%25' &&
      value !== 0x20 &&
      !UNESCAPED.host.test(String.fromCharCode(value))
    ) {
      throw invalid();
    }
    bytes.push(value);
    index += 2;
  }
  return fromBytes(Uint8Array.from(bytes));
}

/** A URL in the parts that Sprig's urlParse answers. */
export interface UrlParts {
  scheme: string;
  host: string;
  hostname: string;
  path: string;
  query: string;
  opaque: string;
  fragment: string;
  userinfo: string;
}

interface User {
  name: string;
  password?: string;
}

function cut(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0
    ? [text, '']
    : [text.slice(0, index), text.slice(index + separator.length)];
}

function splitScheme(url: string): [string, string] {
  if (url.startsWith(':')) {
    throw new FunctionError('missing protocol scheme');
  }
  const match = /^([A-Za-z][A-Za-z0-9+\-.]*):/.exec(url);
  return match ? [match[1], url.slice(match[0].length)] : ['', url];
}

function isOptionalPort(text: string): boolean {
  return text === '' || /^:[0-9]*$/.test(text);
}

function isIpv6(address: string): boolean {
  const [withoutZone, zone] = cut(address, '%');
  if (address.includes('%') && zone === '') {
    return false;
  }
  const halves = withoutZone.split('::');
  if (halves.length > 2) {
    return false;
  }
  let groups = 0;
  for (const half of halves) {
    const parts = half === '' ? [] : half.split(':');
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1 && half === halves.at(-1);
      if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
        groups += 1;
      } else if (isLast && /^(\d{1,3})(\.\d{1,3}){3}$/.test(part)) {
        groups += 2;
      } else {
        return false;
      }
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

function parseBracketedHost(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0) {
    throw new FunctionError("missing ']' in host");
  }
  const port = host.slice(close + 1);
  if (!isOptionalPort(port)) {
    throw new FunctionError(`invalid port ${JSON.stringify(port)} after host`);
  }
  const name = host.slice(1, close);
  const zone = name.indexOf('%25');
  const address =
    zone < 0
      ? unescape(name, 'host')
      : unescape(name.slice(0, zone), 'host') +
        unescape(name.slice(zone), 'zone');
  if (!isIpv6(address)) {
    throw new FunctionError('invalid IP-literal');
  }
  return `[${address}]${port}`;
}

function parseHost(scheme: string, host: string): string {
  const open = host.lastIndexOf('[');
  if (open > 0) {
    throw new FunctionError('invalid IP-literal');
  }
  if (open === 0) {
    return parseBracketedHost(host);
  }
  const isWeb = scheme === 'http' || scheme === 'https';
  const colon = isWeb ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0 && !isOptionalPort(host.slice(colon))) {
    throw new FunctionError(
      `invalid port ${JSON.stringify(host.slice(colon))} after host`,
    );
  }
  return unescape(host, 'host');
}

function parseUser(text: string): User {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) {
    throw new FunctionError('net/url: invalid userinfo');
  }
  const [name, password] = cut(text, ':');
  return text.includes(':')
    ? {
        name: unescape(name, 'userinfo'),
        password: unescape(password, 'userinfo'),
      }
    : { name: unescape(name, 'userinfo') };
}

function userText({ name, password }: User): string {
  const escaped = escape(name, 'userinfo');
  return password === undefined
    ? escaped
    : `${escaped}:${escape(password, 'userinfo')}`;
}

function hostnameOf(host: string): string {
  const colon = host.lastIndexOf(':');
  const name =
    colon >= 0 && isOptionalPort(host.slice(colon))
      ? host.slice(0, colon)
      : host;
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
}

function parseParts(url: string): UrlParts {
  const parts: UrlParts = {
    scheme: '',
    host: '',
    hostname: '',
    path: '',
    query: '',
    opaque: '',
    fragment: '',
    userinfo: '',
  };
  if (Array.from(url).some(char => char < ' ' || char === '\x7f')) {
    throw new FunctionError('net/url: invalid control character in URL');
  }
  if (url === '*') {
    return { ...parts, path: '*' };
  }
  const [scheme, afterScheme] = splitScheme(url);
  parts.scheme = scheme.toLowerCase();
  const [hierarchy, query] = cut(afterScheme, '?');
  parts.query = query;
  let rest = hierarchy;
  if (!rest.startsWith('/')) {
    if (scheme !== '') {
      return { ...parts, opaque: rest };
    }
    if (cut(rest, '/')[0].includes(':')) {
      throw new FunctionError('first path segment in URL cannot contain colon');
    }
  }
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    parts.host = parseHost(parts.scheme, authority.slice(at + 1));
    parts.hostname = hostnameOf(parts.host);
    if (at >= 0) {
      parts.userinfo = userText(parseUser(authority.slice(0, at)));
    }
  }
  parts.path = unescape(rest, 'path');
  return parts;
}

/**
 * net/url's Parse.
 *
 * @throws FunctionError when the text is no URL
 */
export function parseUrl(url: string): UrlParts {
  const [main, fragment] = cut(url, '#');
  const wrap = (shown: string, parse: () => UrlParts): UrlParts => {
    try {
      return parse();
    } catch (error) {
      throw error instanceof FunctionError
        ? new FunctionError(`parse ${JSON.stringify(shown)}: ${error.message}`)
        : error;
    }
  };
  const parts = wrap(main, () => parseParts(main));
  return fragment === ''
    ? parts
    : wrap(url, () => ({ ...parts, fragment: unescape(fragment, 'fragment') }));
}

/** net/url's String for a URL of these parts. */
export function formatUrl(parts: Omit<UrlParts, 'hostname'>): string {
  const { scheme, host, path, query, opaque, fragment, userinfo } = parts;
  let url = scheme === '' ? '' : `${scheme}:`;
  if (opaque !== '') {
    url += opaque;
  } else {
    if (host !== '' || userinfo !== '' || (scheme !== '' && path !== '')) {
      url += '//';
    }
    if (userinfo !== '') {
      url += `${userinfo}@`;
    }
    url += escape(host, 'host');
    const escapedPath = path === '*' ? '*' : escape(path, 'path');
    if (escapedPath !== '' && !escapedPath.startsWith('/') && host !== '') {
      url += '/';
    }
    if (url === '' && cut(escapedPath, '/')[0].includes(':')) {
      url += './';
    }
    url += escapedPath;
  }
  return (
    url +
    (query === '' ? '' : `?${query}`) +
    (fragment === '' ? '' : `#${escape(fragment, 'fragment')}`)
  );
}
