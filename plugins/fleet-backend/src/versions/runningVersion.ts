import {
  compareVersions,
  type Version,
} from '@backstage-fleet/plugin-fleet-common';
import { imageVersion, parseImage } from './imageReference';

/**
 * The version that runs, from the images of an Application.
 *
 * @remarks
 * Of several images (sidecars, migrations) the service's own is the one whose repository the chart's values name, or
 * whose last path element is the service's name, or the only one. Otherwise no version is claimed.
 *
 * While a rollout goes on, the image is listed with both tags; both are shown, the way people say it: `1.4.1, 1.4.2`.
 *
 * @param images - `status.summary.images`
 */
export function runningVersion(
  images: readonly string[],
  hints: { service?: string; repository?: string },
): Version | undefined {
  if (images.length === 0) return undefined;
  const parsed = images.map(parseImage);
  const own = pickRepository(
    [...new Set(parsed.map(({ repository }) => repository))],
    hints,
  );
  if (own === undefined) return undefined;
  const versions = parsed
    .filter(({ repository }) => repository === own)
    .map(imageVersion);
  return {
    text: [...new Set(versions)].sort(compareVersions).join(', '),
    images: [...images],
  };
}

function pickRepository(
  repositories: string[],
  { service, repository }: { service?: string; repository?: string },
): string | undefined {
  const exact = repositories.find(item => item === repository);
  if (exact) return exact;
  const named = repositories.filter(
    item => service !== undefined && item.split('/').pop() === service,
  );
  if (named.length === 1) return named[0];
  return repositories.length === 1 ? repositories[0] : undefined;
}
