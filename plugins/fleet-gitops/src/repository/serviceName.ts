import { FLEET_SERVICE_LABEL } from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationSet } from '../model/argocd';

function literal(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('{{')
    ? value
    : undefined;
}

/**
 * What the name says by a value of the generators that is the same for all: `addon-{{name}}-{{values.addonChart}}`, as
 * GitOps Bridge names add-ons.
 */
function valueInName(pattern: string, generators: unknown): string | undefined {
  const keys = [
    ...pattern.matchAll(/\{\{-?\s*\.?values\.([A-Za-z0-9_-]+)\s*-?\}\}/g),
  ]
    .map(([, key]) => key)
    .filter(key => /chart|name|app|addon|service|component/i.test(key));
  if (keys.length !== 1) return undefined;
  const values = new Set<unknown>();
  const walk = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'values' && inner && Object.hasOwn(inner, keys[0]))
          values.add(inner[keys[0]]);
        else if (key === `values.${keys[0]}`) values.add(inner);
        else walk(inner);
      }
    }
  };
  walk(generators);
  const [only] = values;
  return values.size === 1 ? literal(only) : undefined;
}

/**
 * The service that an ApplicationSet deploys: the `fleet/service` label of its template or its own; the chart or name that
 * its generators say for the name of its Applications; that name without the parts that differ from cluster to cluster; its
 * own name.
 *
 * @public
 */
export function serviceOfApplicationSet(
  applicationSet: ApplicationSet,
): string {
  const { metadata, spec } = applicationSet;
  const template = spec.template?.metadata;
  const named =
    literal(template?.labels?.[FLEET_SERVICE_LABEL]) ??
    literal(metadata.labels?.[FLEET_SERVICE_LABEL]);
  if (named) return named;
  const pattern = typeof template?.name === 'string' ? template.name : '';
  const value = valueInName(pattern, spec.generators);
  if (value) return value;
  const fixed = pattern
    .split(/\{\{.*?\}\}/)
    .map((part: string) => part.replace(/^[-.]+|[-.]+$/g, ''))
    .filter(Boolean);
  return fixed.length === 1 ? fixed[0] : metadata.name;
}

/**
 * Whether all Applications of an ApplicationSet are of one service, as far as its template says; else each names its own.
 */
export function isForOneService({ metadata, spec }: ApplicationSet): boolean {
  const label: unknown =
    spec.template?.metadata?.labels?.[FLEET_SERVICE_LABEL] ??
    metadata.labels?.[FLEET_SERVICE_LABEL];
  if (typeof label === 'string') return !label.includes('{{');
  const name = String(spec.template?.metadata?.name ?? '');
  return /[a-z0-9]/i.test(name.replace(/\{\{.*?\}\}/g, ''));
}

/** Where a name stands in a text as a word of its own: `payments` in `services-payments`, not in `repayments`. */
export function nameToken(name: string, flags = ''): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9])${escaped}(?![A-Za-z0-9])`, flags);
}

/** The name as label keys often have it: `order-history` as `order_history`. */
export function snakeCase(name: string): string {
  return name.replace(/-/g, '_');
}
