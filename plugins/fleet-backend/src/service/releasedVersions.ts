import {
  compareVersions,
  isRankableVersion,
  type ServiceVersion,
} from '@backstage-fleet/plugin-fleet-common';
import type { GitTag } from '@backstage-fleet/plugin-fleet-node';

/** What can be an image tag or a semantic version. Source: OCI distribution spec, "Pulling manifests". */
const VERSION = /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,127}$/;

/**
 * Tags as versions of a service, the newest first.
 *
 * The leading `v` of a tag is kept only where every version in use has one: images are mostly tagged without it. In a
 * repository of several components, which release tools tag as `payments-v1.6.0`, only the service's own tags count.
 *
 * @param used - versions that the service runs in
 */
export function releasedVersions(
  service: string,
  tags: GitTag[],
  used: string[],
): ServiceVersion[] {
  const ranked = used.filter(isRankableVersion);
  const withV = ranked.length > 0 && ranked.every(isPrefixed);
  const named = tags.map(tag => ({ tag, own: ownPart(tag.name, service) }));
  const several = named.some(({ own }) => own !== undefined);
  const versions = new Map<string, ServiceVersion>();
  for (const { tag, own } of named) {
    const name = several ? own : tag.name;
    if (name === undefined) continue;
    const text = !withV && isPrefixed(name) ? name.slice(1) : name;
    if (VERSION.test(text) && !versions.has(text)) {
      versions.set(text, { text, tag: { name: tag.name, url: tag.url } });
    }
  }
  return [...versions.values()].sort((a, b) => compareVersions(b.text, a.text));
}

function isPrefixed(text: string): boolean {
  return /^v\d/.test(text);
}

/** What follows the service's name in a tag; `undefined` where the tag does not begin with it. */
function ownPart(name: string, service: string): string | undefined {
  const rest = name.startsWith(service) ? name.slice(service.length) : '';
  return /^[-/@]v?\d/.test(rest) ? rest.slice(1) : undefined;
}
