import { InputError } from '@backstage/errors';
import type { ClusterEntry } from './records';

const PLACEHOLDERS = ['service', 'cluster', 'environment', 'region'];

/** Finds the service's name in the name of an Application. */
export interface NamePattern {
  text: string;
  match(applicationName: string, cluster: ClusterEntry): string | undefined;
}

/**
 * A pattern such as `{service}-{cluster}`: `{cluster}`, `{environment}` and `{region}` stand for what is known of the
 * cluster that the Application goes to, `{service}` for what is left.
 */
export function parseNamePattern(text: string): NamePattern {
  const parts = text.split(/(\{[^}]*\})/).filter(part => part !== '');
  const names = parts
    .filter(part => part.startsWith('{'))
    .map(part => part.slice(1, -1));
  const unknown = names.find(name => !PLACEHOLDERS.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `fleet.services.namePatterns: '${text}' has {${unknown}}; known are ${PLACEHOLDERS.map(
        name => `{${name}}`,
      ).join(', ')}.`,
    );
  }
  if (names.filter(name => name === 'service').length !== 1) {
    throw new InputError(
      `fleet.services.namePatterns: '${text}' must have {service} exactly once.`,
    );
  }

  return {
    text,
    match(applicationName, cluster) {
      const values: Record<string, string | undefined> = {
        cluster: cluster.name,
        environment: cluster.environment,
        region: cluster.region,
      };
      const before: string[] = [];
      const after: string[] = [];
      let side = before;
      for (const part of parts) {
        if (part === '{service}') {
          side = after;
          continue;
        }
        const value = part.startsWith('{') ? values[part.slice(1, -1)] : part;
        if (value === undefined) return undefined;
        side.push(value);
      }
      const prefix = before.join('');
      const suffix = after.join('');
      const fits =
        applicationName.length > prefix.length + suffix.length &&
        applicationName.startsWith(prefix) &&
        applicationName.endsWith(suffix);
      return fits
        ? applicationName.slice(
            prefix.length,
            applicationName.length - suffix.length,
          )
        : undefined;
    },
  };
}
