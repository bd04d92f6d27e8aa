import { makeValidator } from '@backstage/catalog-model';
import { createHash } from 'crypto';

const LONGEST = 63;
const valid = makeValidator();

/**
 * A cluster's name as an entity can have it. Argo CD takes any text, for example an ARN; where that has to be altered, a
 * hash of the name keeps two clusters from becoming one.
 */
export function entityName(name: string): string {
  if (valid.isValidEntityName(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const readable = name
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(-(LONGEST - hash.length - 1))
    .replace(/^-+|-+$/g, '');
  return readable ? `${readable}-${hash}` : hash;
}
