import { InputError } from '@backstage/errors';
import {
  type Application,
  readApplicationVersion,
  type RepositoryLookup,
  sourcesOf,
} from '@backstage-fleet/plugin-fleet-gitops';
import { parse } from 'yaml';

/** What people call the version of a deployment, see `fleet.versions.rule` in the configuration. */
export type VersionRule = (typeof RULES)[number];

const RULES = ['image-tag', 'chart-version', 'target-revision'] as const;

/** @throws InputError that names the setting */
export function parseVersionRule(text: string | undefined): VersionRule {
  if (text === undefined) return 'image-tag';
  const rule = RULES.find(known => known === text);
  if (rule) return rule;
  throw new InputError(
    `fleet.versions.rule: '${text}' is not one of ${RULES.join(', ')}.`,
  );
}

/**
 * The version that an Application's sources name; `undefined` where they name none, or cannot be read.
 *
 * @param repositories - the files to read it from
 */
export function versionBy(
  rule: VersionRule,
  application: Application,
  repositories: RepositoryLookup,
): string | undefined {
  switch (rule) {
    case 'chart-version':
      return chartVersion(application, repositories);
    case 'target-revision':
      return sourcesOf(application)
        .map(({ targetRevision }) => targetRevision)
        .find(Boolean)
        ?.replace(/^refs\/(heads|tags)\//, '');
    default:
      return readApplicationVersion(application, repositories)?.text;
  }
}

/** Of a chart in a Helm repository what the source asks for, of one in Git what its `Chart.yaml` says. */
function chartVersion(
  application: Application,
  repositories: RepositoryLookup,
): string | undefined {
  for (const source of sourcesOf(application)) {
    const { chart, repoURL = '', path, targetRevision = '' } = source;
    if (chart) return targetRevision || undefined;
    const file = [path?.replace(/^\.?\/|\/$/g, ''), 'Chart.yaml']
      .filter(Boolean)
      .join('/');
    const text = repositories(repoURL, targetRevision)?.files.get(file);
    const version = text === undefined ? undefined : versionIn(text);
    if (version !== undefined) return version;
  }
  return undefined;
}

function versionIn(chart: string): string | undefined {
  try {
    const { version } = parse(chart) ?? {};
    return version === undefined ? undefined : String(version);
  } catch {
    // What is no YAML names no version.
    return undefined;
  }
}
