import { notAcceptable } from './errors';

/** How the answer is to be written. */
export interface Representation {
  format: 'json' | 'yaml';
  /** The object itself when left out. */
  as?: {
    kind: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
    version: 'v1' | 'v1beta1';
  };
}

const TRANSFORMS = [
  'Table',
  'PartialObjectMetadata',
  'PartialObjectMetadataList',
] as const;

interface Clause {
  type: string;
  parameters: Record<string, string>;
  quality: number;
}

function parseAccept(header: string): Clause[] {
  return header
    .split(',')
    .map(text => {
      const [type, ...pairs] = text.split(';').map(part => part.trim());
      const parameters = Object.fromEntries(
        pairs.map(pair => {
          const [key, ...value] = pair.split('=');
          return [key.trim(), value.join('=').trim()];
        }),
      );
      const quality = Number(parameters.q ?? 1);
      return { type: type.toLocaleLowerCase('en-US'), parameters, quality };
    })
    .filter(clause => clause.type !== '' && clause.quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

function represent(clause: Clause): Representation | undefined {
  const format =
    clause.type === 'application/yaml'
      ? 'yaml'
      : ['application/json', 'application/*', '*/*'].includes(clause.type) &&
        'json';
  if (!format) return undefined;
  const { as, g, v } = clause.parameters;
  if (as === undefined) return { format };
  const kind = TRANSFORMS.find(transform => transform === as);
  if (!kind || g !== 'meta.k8s.io' || (v !== 'v1' && v !== 'v1beta1')) {
    return undefined;
  }
  return { format, as: { kind, version: v } };
}

/**
 * Chooses the first representation of the Accept header that can be served; raises 406 when there is none. Protobuf is
 * not served, so clients that also accept JSON get JSON.
 */
export function negotiate(
  accept: string | undefined,
  custom: boolean,
): Representation {
  if (!accept) return { format: 'json' };
  for (const clause of parseAccept(accept)) {
    const representation = represent(clause);
    if (representation) return representation;
  }
  throw notAcceptable(custom);
}
