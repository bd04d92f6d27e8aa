import { hmac } from '@noble/hashes/hmac.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBytes } from '../values/goString';

const SEED = 'com.lyndir.masterpassword';

/** Patterns of passwords by type; each letter stands for a set of characters. */
const TEMPLATES: Record<string, readonly string[]> = {
  maximum: ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno'],
  long: [
    'CvcvnoCvcvCvcv',
    'CvcvCvcvnoCvcv',
    'CvcvCvcvCvcvno',
    'CvccnoCvcvCvcv',
    'CvccCvcvnoCvcv',
    'CvccCvcvCvcvno',
    'CvcvnoCvccCvcv',
    'CvcvCvccnoCvcv',
    'CvcvCvccCvcvno',
    'CvcvnoCvcvCvcc',
    'CvcvCvcvnoCvcc',
    'CvcvCvcvCvccno',
    'CvccnoCvccCvcv',
    'CvccCvccnoCvcv',
    'CvccCvccCvcvno',
    'CvcvnoCvccCvcc',
    'CvcvCvccnoCvcc',
    'CvcvCvccCvccno',
    'CvccnoCvcvCvcc',
    'CvccCvcvnoCvcc',
    'CvccCvcvCvccno',
  ],
  medium: ['CvcnoCvc', 'CvcCvcno'],
  short: ['Cvcn'],
  basic: ['aaanaaan', 'aannaaan', 'aaannaaa'],
  pin: ['nnnn'],
};

const CHARACTERS: Record<string, string> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
};

function uint32(value: number): number[] {
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255);
}

function message(...parts: (string | number)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(part =>
      typeof part === 'number' ? uint32(part) : Array.from(toBytes(part)),
    ),
  );
}

/** Sprig's derivePassword, the Master Password algorithm: the same password for the same input. */
export function derivePassword(input: {
  counter: number;
  type: string;
  password: string;
  user: string;
  site: string;
}): string {
  const { counter, type, password, user, site } = input;
  if (!Object.hasOwn(TEMPLATES, type)) {
    return `cannot find password template ${type}`;
  }
  const templates = TEMPLATES[type];
  const salt = message(SEED, toBytes(user).length, user);
  const key = scrypt(toBytes(password), salt, {
    N: 32768,
    r: 8,
    p: 2,
    dkLen: 64,
  });
  const seed = hmac(
    sha256,
    key,
    message(SEED, toBytes(site).length, site, counter),
  );
  return Array.from(templates[seed[0] % templates.length], (element, index) => {
    const characters = CHARACTERS[element];
    return characters[seed[index + 1] % characters.length];
  }).join('');
}
