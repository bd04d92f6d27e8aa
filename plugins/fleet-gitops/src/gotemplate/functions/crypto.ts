import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import bcryptjs from 'bcryptjs';
import { decryptCbc, encryptCbc } from '../encoding/aes';
import { decodeBase32, encodeBase32 } from '../encoding/base32';
import { decodeBase64, encodeBase64 } from '../encoding/base64';
import { FunctionError, NotEvaluableError } from '../errors';
import { fromBytes, toBytes } from '../values/goString';
import { GoObject, Value } from '../values/types';
import { derivePassword } from './derivePassword';
import { randomBytes, randomInteger } from './random';
import {
  FunctionContext,
  FunctionMap,
  GoFunction,
  define,
  defineWithContext,
} from './types';

/** Sprig answers a decoding error as the result. */
function textOrError(decode: () => Uint8Array): string {
  try {
    return fromBytes(decode());
  } catch (error) {
    if (error instanceof FunctionError) {
      return error.message;
    }
    throw error;
  }
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

function aesKey(password: string): Uint8Array {
  const key = new Uint8Array(32);
  key.set(toBytes(password).subarray(0, 32));
  return key;
}

function encryptAes(
  context: FunctionContext,
  password: string,
  text: string,
): string {
  return text === ''
    ? ''
    : encodeBase64(
        encryptCbc(aesKey(password), randomBytes(context, 16), toBytes(text)),
      );
}

function decryptAes(password: string, text: string): string {
  return text === ''
    ? ''
    : fromBytes(decryptCbc(aesKey(password), decodeBase64(toBytes(text))));
}

function bcrypt(context: FunctionContext, password: string): string {
  if (toBytes(password).length > 72) {
    return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes';
  }
  const salt = bcryptjs.encodeBase64(Array.from(randomBytes(context, 16)), 16);
  return bcryptjs.hashSync(password, `$2a$10$${salt}`);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const ASCII = Array.from({ length: 95 }, (_, index) =>
  String.fromCharCode(32 + index),
).join('');

function randomText(alphabet: string): GoFunction {
  return defineWithContext(['int'], (context, count) =>
    Array.from(
      { length: Math.max(count, 0) },
      () => alphabet[randomInteger(context, alphabet.length)],
    ).join(''),
  );
}

function uuid(context: FunctionContext): string {
  const bytes = randomBytes(context, 16).slice();
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
    '$1-$2-$3-$4-$5',
  );
}

function shuffle(context: FunctionContext, text: string): string {
  const chars = Array.from(text);
  for (let index = chars.length - 1; index > 0; index--) {
    const other = randomInteger(context, index + 1);
    [chars[index], chars[other]] = [chars[other], chars[index]];
  }
  return chars.join('');
}

/** Sprig's certificate struct. */
class Certificate extends GoObject {
  readonly type = 'sprig.certificate';
  readonly kind = 'struct';

  constructor(private readonly cert: string, private readonly key: string) {
    super();
  }

  field(name: string): { value: Value } | undefined {
    const fields: Record<string, string> = { Cert: this.cert, Key: this.key };
    return Object.hasOwn(fields, name) ? { value: fields[name] } : undefined;
  }

  toGoJson(): Value {
    return { Cert: this.cert, Key: this.key };
  }
}

function decodePart(text: string, part: string): string {
  try {
    return fromBytes(decodeBase64(toBytes(text)));
  } catch {
    throw new FunctionError(`unable to decode base64 ${part}`);
  }
}

const PEM_BLOCK =
  /-----BEGIN ([^-\r\n]*)-----\r?\n[\s\S]*?\r?\n-----END \1-----/;

function buildCustomCertificate(
  encodedCert: string,
  encodedKey: string,
): Certificate {
  const cert = decodePart(encodedCert, 'certificate');
  const key = decodePart(encodedKey, 'private key');
  if (!PEM_BLOCK.test(cert)) {
    throw new FunctionError('unable to decode certificate');
  }
  const keyType = PEM_BLOCK.exec(key)?.[1];
  if (keyType === undefined) {
    throw new FunctionError('error parsing private key: no PEM data in input');
  }
  if (keyType !== 'PRIVATE KEY' && !keyType.endsWith(' PRIVATE KEY')) {
    throw new FunctionError(
      `error parsing private key: no private key data in PEM block of type ${keyType}`,
    );
  }
  // Whether the certificate and the key are valid X.509 is not checked here.
  return new Certificate(cert, key);
}

function createsKey(parameters: readonly string[]): GoFunction {
  return define(parameters, () => {
    throw new NotEvaluableError(
      'not evaluable: it creates a key, which differs at each evaluation',
    );
  });
}

const NAMES = '[]interface {}';

/** Sprig's functions for hashes, encodings, secrets and random values. */
export const cryptoFunctions: FunctionMap = {
  sha1sum: define(['string'], text => bytesToHex(sha1(toBytes(text)))),
  sha256sum: define(['string'], text => bytesToHex(sha256(toBytes(text)))),
  sha512sum: define(['string'], text => bytesToHex(sha512(toBytes(text)))),
  adler32sum: define(['string'], text => String(adler32(toBytes(text)))),
  b64enc: define(['string'], text => encodeBase64(toBytes(text))),
  b64dec: define(['string'], text =>
    textOrError(() => decodeBase64(toBytes(text))),
  ),
  b32enc: define(['string'], text => encodeBase32(toBytes(text))),
  b32dec: define(['string'], text =>
    textOrError(() =>
      decodeBase32(
        Array.from(toBytes(text), byte => String.fromCharCode(byte)).join(''),
      ),
    ),
  ),
  encryptAES: defineWithContext(['string', 'string'], encryptAes),
  decryptAES: define(['string', 'string'], decryptAes),
  bcrypt: defineWithContext(['string'], bcrypt),
  htpasswd: defineWithContext(['string', 'string'], (context, user, password) =>
    user.includes(':')
      ? `invalid username: ${user}`
      : `${user}:${bcrypt(context, password)}`,
  ),
  derivePassword: define(
    ['uint32', 'string', 'string', 'string', 'string'],
    (counter, type, password, user, site) =>
      derivePassword({ counter, type, password, user, site }),
  ),
  buildCustomCert: define(['string', 'string'], buildCustomCertificate),
  genPrivateKey: createsKey(['string']),
  genCA: createsKey(['string', 'int']),
  genCAWithKey: createsKey(['string', 'int', 'string']),
  genSelfSignedCert: createsKey(['string', NAMES, NAMES, 'int']),
  genSelfSignedCertWithKey: createsKey([
    'string',
    NAMES,
    NAMES,
    'int',
    'string',
  ]),
  genSignedCert: createsKey([
    'string',
    NAMES,
    NAMES,
    'int',
    'sprig.certificate',
  ]),
  genSignedCertWithKey: createsKey([
    'string',
    NAMES,
    NAMES,
    'int',
    'sprig.certificate',
    'string',
  ]),
  randAlpha: randomText(LETTERS),
  randAlphaNum: randomText(LETTERS + DIGITS),
  randAscii: randomText(ASCII),
  randNumeric: randomText(DIGITS),
  randBytes: defineWithContext(['int'], (context, count) => {
    if (count < 0) {
      throw new FunctionError('runtime error: makeslice: len out of range');
    }
    return encodeBase64(randomBytes(context, count));
  }),
  uuidv4: defineWithContext([], uuid),
  shuffle: defineWithContext(['string'], shuffle),
};
