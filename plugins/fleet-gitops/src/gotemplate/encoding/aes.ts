import { FunctionError } from '../errors';

/** AES with 256-bit keys in CBC mode (FIPS 197), for Sprig's encryptAES and decryptAES: small and synchronous. */
const BLOCK = 16;
const ROUNDS = 14;

function multiply(a: number, b: number): number {
  let product = 0;
  for (let x = a, y = b; y > 0; y >>= 1) {
    if (y & 1) {
      product ^= x;
    }
    x = ((x << 1) ^ (x & 0x80 ? 0x11b : 0)) & 0xff;
  }
  return product;
}

function createBoxes(): { box: Uint8Array; inverse: Uint8Array } {
  const box = new Uint8Array(256);
  const inverse = new Uint8Array(256);
  let p = 1;
  let q = 1;
  const rotate = (value: number, by: number) =>
    ((value << by) | (value >> (8 - by))) & 0xff;
  do {
    // p runs through all elements by multiplying with 3, q through their inverses.
    p = multiply(p, 3);
    q = multiply(q, 0xf6);
    box[p] =
      q ^ rotate(q, 1) ^ rotate(q, 2) ^ rotate(q, 3) ^ rotate(q, 4) ^ 0x63;
  } while (p !== 1);
  box[0] = 0x63;
  box.forEach((value, index) => {
    inverse[value] = index;
  });
  return { box, inverse };
}

const { box: S_BOX, inverse: INVERSE_S_BOX } = createBoxes();

function expandKey(key: Uint8Array): Uint8Array {
  const size = BLOCK * (ROUNDS + 1);
  const schedule = new Uint8Array(size);
  schedule.set(key);
  let constant = 1;
  for (let offset = 32; offset < size; offset += 4) {
    let word = Array.from(schedule.subarray(offset - 4, offset));
    if (offset % 32 === 0) {
      word = [...word.slice(1), word[0]].map(byte => S_BOX[byte]);
      word[0] ^= constant;
      constant = multiply(constant, 2);
    } else if (offset % 32 === 16) {
      word = word.map(byte => S_BOX[byte]);
    }
    word.forEach((byte, index) => {
      schedule[offset + index] = schedule[offset + index - 32] ^ byte;
    });
  }
  return schedule;
}

function addRoundKey(
  state: Uint8Array,
  schedule: Uint8Array,
  round: number,
): void {
  for (let index = 0; index < BLOCK; index++) {
    state[index] ^= schedule[round * BLOCK + index];
  }
}

function shiftRows(state: Uint8Array, direction: 1 | -1): void {
  const copy = state.slice();
  for (let row = 1; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const from = (column + direction * row + 4) % 4;
      state[column * 4 + row] = copy[from * 4 + row];
    }
  }
}

function mixColumns(state: Uint8Array, factors: readonly number[]): void {
  for (let column = 0; column < 4; column++) {
    const cells = state.slice(column * 4, column * 4 + 4);
    for (let row = 0; row < 4; row++) {
      let sum = 0;
      for (let index = 0; index < 4; index++) {
        sum ^= multiply(cells[index], factors[(index - row + 4) % 4]);
      }
      state[column * 4 + row] = sum;
    }
  }
}

function substitute(state: Uint8Array, box: Uint8Array): void {
  for (let index = 0; index < BLOCK; index++) {
    state[index] = box[state[index]];
  }
}

function encryptBlock(block: Uint8Array, schedule: Uint8Array): Uint8Array {
  const state = block.slice();
  addRoundKey(state, schedule, 0);
  for (let round = 1; round <= ROUNDS; round++) {
    substitute(state, S_BOX);
    shiftRows(state, 1);
    if (round < ROUNDS) {
      mixColumns(state, [2, 3, 1, 1]);
    }
    addRoundKey(state, schedule, round);
  }
  return state;
}

function decryptBlock(block: Uint8Array, schedule: Uint8Array): Uint8Array {
  const state = block.slice();
  addRoundKey(state, schedule, ROUNDS);
  for (let round = ROUNDS - 1; round >= 0; round--) {
    shiftRows(state, -1);
    substitute(state, INVERSE_S_BOX);
    addRoundKey(state, schedule, round);
    if (round > 0) {
      mixColumns(state, [14, 11, 13, 9]);
    }
  }
  return state;
}

function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  return left.map((byte, index) => byte ^ right[index]);
}

/** Encrypts text padded to whole blocks; the initialisation vector is in front of the result. */
export function encryptCbc(
  key: Uint8Array,
  initial: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const schedule = expandKey(key);
  const padding = BLOCK - (plain.length % BLOCK);
  const padded = new Uint8Array(plain.length + padding).fill(padding);
  padded.set(plain);
  const out = new Uint8Array(BLOCK + padded.length);
  out.set(initial);
  let previous = initial;
  for (let offset = 0; offset < padded.length; offset += BLOCK) {
    previous = encryptBlock(
      xor(padded.subarray(offset, offset + BLOCK), previous),
      schedule,
    );
    out.set(previous, BLOCK + offset);
  }
  return out;
}

/** Reverses `encryptCbc`; the errors are those of Go's crypto/cipher and of Sprig's slicing. */
export function decryptCbc(key: Uint8Array, encrypted: Uint8Array): Uint8Array {
  if (encrypted.length < BLOCK) {
    throw new FunctionError(
      `runtime error: slice bounds out of range [:${BLOCK}] with capacity ${encrypted.length}`,
    );
  }
  if (encrypted.length % BLOCK !== 0) {
    throw new FunctionError('crypto/cipher: input not full blocks');
  }
  const schedule = expandKey(key);
  const plain = new Uint8Array(encrypted.length - BLOCK);
  for (let offset = BLOCK; offset < encrypted.length; offset += BLOCK) {
    const block = decryptBlock(
      encrypted.slice(offset, offset + BLOCK),
      schedule,
    );
    block.forEach((byte, index) => {
      plain[offset - BLOCK + index] = byte ^ encrypted[offset - BLOCK + index];
    });
  }
  const padding = plain.at(-1);
  if (padding === undefined) {
    throw new FunctionError('runtime error: index out of range [-1]');
  }
  if (padding > plain.length) {
    throw new FunctionError(
      `runtime error: slice bounds out of range [:${plain.length - padding}]`,
    );
  }
  return plain.subarray(0, plain.length - padding);
}
