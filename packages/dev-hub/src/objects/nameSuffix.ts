import { randomInt } from 'node:crypto';

/** Without vowels and look-alikes. Source: Kubernetes `apimachinery/pkg/util/rand`. */
const CHARACTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** The five characters that complete a `generateName`. */
export function randomSuffix(): string {
  return Array.from(
    { length: 5 },
    () => CHARACTERS[randomInt(CHARACTERS.length)],
  ).join('');
}
