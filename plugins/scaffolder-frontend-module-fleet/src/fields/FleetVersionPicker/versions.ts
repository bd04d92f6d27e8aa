import {
  Change,
  compareVersions,
  Deployment,
  DeploymentList,
  ServiceVersion,
} from '@backstage-fleet/plugin-fleet-common';

/** A version of a service and where it is found. */
export interface KnownVersion {
  text: string;
  /** Names of the clusters that run it. */
  running: string[];
  /** Names of the clusters that Git wants to run it, and that do not. */
  desired: string[];
  /** Name of the tag that it was released as. */
  tag?: string;
  /** Whether a change brought it somewhere. */
  changed: boolean;
}

/** Longest tag. Source: OCI distribution spec, "Pulling manifests". */
const LONGEST = 128;

/** Every version that is known of a service, the newest first. */
export function knownVersions(
  rows: DeploymentList['items'],
  changes: Change[],
  released: ServiceVersion[] = [],
): KnownVersion[] {
  const known = new Map<string, KnownVersion>();
  const at = (text: string) => {
    const version = known.get(text) ?? {
      text,
      running: [],
      desired: [],
      changed: false,
    };
    known.set(text, version);
    return version;
  };
  for (const { cluster, deployments } of rows) {
    for (const deployment of deployments) {
      note(deployment, cluster.name, at);
    }
  }
  for (const change of changes) {
    const { version } = change.intent.parameters as { version?: unknown };
    const texts = [
      ...change.plan.applications.map(application => application.version),
      typeof version === 'string' ? version : undefined,
    ];
    for (const text of texts) {
      if (text) at(text).changed = true;
    }
  }
  for (const { text, tag } of released) at(text).tag = tag.name;
  return [...known.values()].sort((a, b) => compareVersions(b.text, a.text));
}

function note(
  deployment: Deployment,
  cluster: string,
  at: (text: string) => KnownVersion,
) {
  const running = (deployment.running ?? deployment.synced)?.text;
  const desired = deployment.desired?.text;
  if (running) add(at(running).running, cluster);
  if (desired && desired !== running) add(at(desired).desired, cluster);
}

function add(names: string[], name: string) {
  if (!names.includes(name)) names.push(name);
}

/**
 * What is wrong with a version, `undefined` where nothing is. Image tags and semver's build metadata are taken, as the
 * backend takes them.
 */
export function versionProblem(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (text.length > LONGEST) {
    return `The version has ${text.length} characters; an image tag has at most ${LONGEST}.`;
  }
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(text)) {
    return `“${text}” cannot be a version: use letters, digits and “.”, “_”, “+”, “-”, and start with a letter, a digit or “_”.`;
  }
  return undefined;
}
