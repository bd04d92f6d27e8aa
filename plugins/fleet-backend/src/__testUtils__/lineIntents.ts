import { InputError } from '@backstage/errors';
import type {
  ClusterWaves,
  IntentKind,
  Plan,
  TypedIntent,
} from '@backstage-fleet/plugin-fleet-common';
import type {
  IntentStage,
  ReferenceOperation,
} from '@backstage-fleet/plugin-fleet-gitops';
import type { IntentEngine } from '../changes/types';

const KINDS: IntentKind[] = [
  'cluster.label',
  'cluster.upgrade',
  'service.promote',
];

type Labels = Record<string, string | null>;

/**
 * Intents on files of `key: value` lines, so that the change engine is tested without the GitOps engine: `cluster.label`
 * sets lines of `clusters/<cluster>`, `cluster.upgrade` the line `kubernetes`; `service.promote` sets a line named as the service on each of its clusters, in a
 * stage for each wave, or merges the branches and moves the tags that are named as environments.
 */
export const lineIntents: IntentEngine = {
  parseIntent(value) {
    const intent = value as TypedIntent;
    if (!KINDS.includes(intent?.kind))
      throw new InputError(`intent.kind must be one of ${KINDS.join(', ')}`);
    return intent;
  },
  applyIntent(intent, { files }, { stage }) {
    const { title, branch, edits, stages, reference } = read(intent);
    const changes = new Map<string, string>();
    for (const [cluster, labels] of edits) {
      if (stage && !stage.clusters.includes(cluster)) continue;
      const path = `clusters/${cluster}`;
      const before = files.get(path);
      if (before === undefined || before.includes('{{')) {
        throw new InputError(`${path} cannot be edited`);
      }
      const after = withLines(before, labels);
      if (after !== before) changes.set(path, after);
    }
    return {
      changes,
      title,
      commitMessage: title,
      branch: stage ? `${branch}-${stage.id}` : branch,
      touched: { services: [], clusters: [...edits.keys()] },
      reference,
      ...(stages && !stage && { stages }),
    };
  },
  planChanges({ changes, repository }): Plan {
    const stop = repository.files.has('stop') && changes.size > 0;
    return {
      evaluable: true,
      unchanged: changes.size === 0,
      summary: changes.size ? `changes ${changes.size}` : 'changes nothing',
      creates: 0,
      changes: changes.size,
      deletes: 0,
      applications: [...changes.keys()].flatMap(path => [
        planned(path.replace('clusters/', '')),
        // A cluster may pull others along.
        ...also(repository.files.get(path)).map(planned),
      ]),
      edits: [...changes.keys()].map(path => ({
        path,
        action: 'update',
        diff: '',
      })),
      guards: stop
        ? [{ id: 'frozen', level: 'stop', message: 'The fleet is frozen.' }]
        : [],
    };
  },
};

function read(intent: TypedIntent): {
  title: string;
  branch: string;
  edits: Map<string, Labels>;
  stages?: IntentStage[];
  reference?: ReferenceOperation;
} {
  if (intent.kind === 'service.promote' && intent.parameters.strategy) {
    const { service, from = '', to, strategy } = intent.parameters;
    const [target] = to.environments!;
    return {
      title: `Promote ${service}`,
      branch: `fleet/promote/${service}`,
      edits: new Map(),
      reference:
        strategy === 'merge-branch'
          ? { merge: { from, into: target } }
          : { moveTag: { tag: target, to: from } },
    };
  }
  if (intent.kind === 'service.promote') {
    const { service, version = '', waves } = intent.parameters;
    return inWaves(`promote/${service}`, `Promote ${service}`, waves, {
      [service]: version,
    });
  }
  if (intent.kind === 'cluster.upgrade') {
    const { clusters, kubernetesVersion, waves } = intent.parameters;
    return inWaves(`upgrade/${clusters.join('-')}`, 'Upgrade', waves, {
      kubernetes: kubernetesVersion,
    });
  }
  const { cluster, labels } = intent.parameters as {
    cluster: string;
    labels: Labels;
  };
  return {
    title: `Label ${cluster}`,
    branch: `fleet/label/${cluster}-${Object.keys(labels).join('-')}`,
    edits: new Map([[cluster, labels]]),
  };
}

function inWaves(
  subject: string,
  title: string,
  waves: ClusterWaves | undefined,
  lines: Labels,
): ReturnType<typeof read> {
  const lists = waves?.by === 'list' ? waves.clusters : [];
  return {
    title,
    branch: `fleet/${subject}`,
    edits: new Map(lists.flat().map(name => [name, lines])),
    stages: lists.map((clusters, index) => ({
      id: `wave-${index + 1}`,
      title: `Wave ${index + 1}`,
      waitFor: 'healthy',
      clusters,
    })),
  };
}

function withLines(text: string, labels: Labels): string {
  const lines = new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map(line => line.split(': ') as [string, string]),
  );
  for (const [key, value] of Object.entries(labels)) {
    if (value === null) lines.delete(key);
    else lines.set(key, value);
  }
  return [...lines].map(([key, value]) => `${key}: ${value}\n`).join('');
}

function also(text = ''): string[] {
  return /^also: (.*)$/m.exec(text)?.[1].split(' ') ?? [];
}

function planned(cluster: string): Plan['applications'][number] {
  return {
    action: 'change',
    name: `app-${cluster}`,
    namespace: 'argocd',
    cluster,
    fields: [{ path: 'spec', before: 'a', after: 'b' }],
  };
}

/** Sets one label of one cluster. */
export function label(cluster: string, labels: Labels): TypedIntent {
  return { kind: 'cluster.label', parameters: { cluster, labels } };
}

/** Brings a version to waves of clusters. */
export function promote(
  service: string,
  version: string,
  waves: string[][],
): TypedIntent {
  return {
    kind: 'service.promote',
    parameters: {
      service,
      version,
      to: { clusters: waves.flat() },
      waves: { by: 'list', clusters: waves },
    },
  };
}

/** Upgrades waves of clusters. */
export function upgrade(
  kubernetesVersion: string,
  waves: string[][],
): TypedIntent {
  return {
    kind: 'cluster.upgrade',
    parameters: {
      clusters: waves.flat(),
      kubernetesVersion,
      waves: { by: 'list', clusters: waves },
    },
  };
}
