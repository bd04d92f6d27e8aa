import { runes } from '../values/goString';

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/** Reads the digits from `start`; `initial` stands before them. */
function readNumber(
  chars: readonly string[],
  start: number,
  initial: bigint,
): { value: bigint; end: number } {
  let value = initial;
  let end = start;
  for (; end < chars.length && DIGIT.test(chars[end]); end++) {
    value = BigInt.asIntN(
      64,
      value * 10n + BigInt(chars[end].codePointAt(0)! - 48),
    );
  }
  return { value, end };
}

function codeOf(char: string): number {
  return char.codePointAt(0)!;
}

/** Order in which go-yaml v2 writes the keys of a map: letters last, numbers by value (sorter.go). */
export function compareYamlKeys(left: string, right: string): number {
  const a = runes(left);
  const b = runes(right);
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] === b[index]) {
      continue;
    }
    const leftIsLetter = LETTER.test(a[index]);
    const rightIsLetter = LETTER.test(b[index]);
    if (leftIsLetter && rightIsLetter) {
      return codeOf(a[index]) - codeOf(b[index]);
    }
    if (leftIsLetter || rightIsLetter) {
      return rightIsLetter ? -1 : 1;
    }
    let initial = 0n;
    if (a[index] === '0' || b[index] === '0') {
      for (let at = index - 1; at >= 0 && DIGIT.test(a[at]); at--) {
        if (a[at] !== '0') {
          initial = 1n;
          break;
        }
      }
    }
    const leftNumber = readNumber(a, index, initial);
    const rightNumber = readNumber(b, index, initial);
    if (leftNumber.value !== rightNumber.value) {
      return leftNumber.value < rightNumber.value ? -1 : 1;
    }
    return (
      leftNumber.end - rightNumber.end || codeOf(a[index]) - codeOf(b[index])
    );
  }
  return a.length - b.length;
}
