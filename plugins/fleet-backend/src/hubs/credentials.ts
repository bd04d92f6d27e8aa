import { readFileSync } from 'fs';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Clock } from './clock';

/** A mounted token is renewed in place; so often it is read again. */
const TOKEN_FILE_MS = 60_000;

/** Where the bearer token of a hub comes from. */
export interface TokenSource {
  /** The token as it is now. */
  current(): string;
  /** The hub refused the token: what is remembered of it may be old. */
  refused(): void;
}

/**
 * The token of a hub: `token` as it is, or `tokenFile`, which is read again once a minute and whenever the hub refuses
 * what was in it.
 */
export function readToken(
  hubId: string,
  config: Config,
  clock: Clock,
): TokenSource | undefined {
  const token = config.getOptionalString('token');
  if (token) return { current: () => token, refused: () => {} };
  const file = config.getOptionalString('tokenFile');
  return file ? fileToken(hubId, file, clock) : undefined;
}

function fileToken(hubId: string, file: string, clock: Clock): TokenSource {
  let current = readHubFile(hubId, 'tokenFile', file).trim();
  let readAt = clock.now();
  const readAgain = () => {
    readAt = clock.now();
    try {
      current = readFileSync(file, 'utf8').trim();
    } catch {
      // Being replaced at this moment; the token that we have is tried once more.
    }
  };
  return {
    current() {
      if (clock.now() - readAt > TOKEN_FILE_MS) readAgain();
      return current;
    },
    refused: readAgain,
  };
}

/**
 * PEM texts from `<name>Data` (as it is, or base64 of it as in a kubeconfig) or from the file that `<name>File` names.
 *
 * @param what - what the text is, for people
 */
export function readPem(
  hubId: string,
  config: Config,
  name: 'ca' | 'cert' | 'key',
  what: string,
): string | undefined {
  const data = config.getOptionalString(`${name}Data`);
  if (data) {
    const text = data.includes('-----BEGIN')
      ? data
      : Buffer.from(data, 'base64').toString('utf8');
    if (!text.includes('-----BEGIN')) {
      throw new InputError(
        `fleet.hubs: \`${name}Data\` of hub ${hubId} is no PEM ${what}, neither as it is nor decoded from base64.`,
      );
    }
    return text;
  }
  const file = config.getOptionalString(`${name}File`);
  return file ? readHubFile(hubId, `${name}File`, file) : undefined;
}

/** A file that the configuration of a hub names. */
export function readHubFile(hubId: string, key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `fleet.hubs: \`${key}\` of hub ${hubId} cannot be read: ${
        (error as NodeJS.ErrnoException).code
      } ${file}`,
    );
  }
}
