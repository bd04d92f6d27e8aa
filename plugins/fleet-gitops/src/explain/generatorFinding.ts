import type { Check } from '@backstage-fleet/plugin-fleet-common';
import { flattenParameters } from '../applicationset/flatten';
import {
  secretLabels,
  secretSelector,
} from '../applicationset/generators/cluster';
import type { ApplicationSet } from '../model/argocd';
import type { ClusterRecord, HubSnapshot } from '../model/fleetSnapshot';
import { generatorRows, GeneratorRows, isForOneService } from '../repository';
import { asCheck, checkSelector, exclusion, SelectorCheck } from './checks';
import { clusterOfRow, namesService, someOf } from './rows';

/** Why a generator yields nothing for a cluster: a code and a sentence. */
export interface Exclusion {
  reason: string;
  sentence: string;
}

/** What a generator says about a service on a cluster. */
export interface GeneratorFinding {
  checks: Check[];
  /** Requirements of selectors that the cluster does not meet. */
  failing: SelectorCheck[];
  /** The first thing that excludes the cluster. */
  exclusion?: Exclusion;
}

/** What is asked about an ApplicationSet. */
export interface GeneratorQuestion {
  applicationSet: ApplicationSet;
  service: string;
  cluster: ClusterRecord;
  hub: HubSnapshot;
}

const NOTHING: GeneratorFinding = { checks: [], failing: [] };

function nameOf({ applicationSet }: GeneratorQuestion): string {
  return `ApplicationSet \`${applicationSet.metadata.name}\``;
}

function isTemplated(value: unknown): boolean {
  return JSON.stringify(value ?? '').includes('{{');
}

/**
 * Follows a generator, and those inside it, in the order in which Argo CD does, up to the first that leaves the cluster or
 * the service out.
 */
export function examineGenerator(
  generator: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const { selector, ...unfiltered } = generator;
  const finding = examineKind(unfiltered, question);
  return finding.exclusion || !selector
    ? finding
    : join(finding, examinePostSelector(selector, unfiltered, question));
}

function join(
  one: GeneratorFinding,
  other: GeneratorFinding,
): GeneratorFinding {
  const first = one.exclusion ?? other.exclusion;
  return {
    checks: [...one.checks, ...other.checks],
    failing: [...one.failing, ...other.failing],
    ...(first ? { exclusion: first } : {}),
  };
}

function examineKind(
  generator: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const { clusters, list, git, matrix, merge, clusterDecisionResource } =
    generator;
  if (clusters) return examineClusters(clusters, question);
  if (matrix) return examineMatrix(matrix, generator, question);
  if (merge) return examineMerge(merge, question);
  if (list) return examineRows('list', generator, question);
  if (git) return examineGit(git, generator, question);
  return clusterDecisionResource
    ? examineRows('decision', generator, question)
    : NOTHING;
}

function examineClusters(
  clusters: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const { cluster, hub, applicationSet } = question;
  const { matchLabels = {}, matchExpressions = [] } = secretSelector(
    clusters.selector ?? {},
  );
  const selector = { path: '', matchLabels, matchExpressions };
  // Inside of a matrix the other side fills it in.
  if (isTemplated(selector)) return NOTHING;
  const results = checkSelector(selector, secretLabels(cluster.labels));
  const failing = results.filter(({ passed }) => !passed);
  const checks = results.map(asCheck);
  if (failing.length > 0) {
    return {
      checks,
      failing,
      exclusion: exclusion(
        applicationSet.metadata.name,
        cluster.name,
        failing[0],
      ),
    };
  }
  const isRegistered = hub.clusters.some(({ name }) => name === cluster.name);
  if (isRegistered || results.length === 0) return { checks, failing };
  return {
    checks: [
      ...checks,
      { text: 'Has a cluster Secret', actual: 'no', passed: false },
    ],
    failing,
    exclusion: {
      reason: 'not-registered',
      sentence: `${nameOf(
        question,
      )} selects clusters by the labels of their Secrets; \`${
        cluster.name
      }\` has none.`,
    },
  };
}

function examineMatrix(
  { generators = [] }: { generators?: any[] },
  whole: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  let finding = NOTHING;
  for (const child of generators) {
    finding = join(finding, examineGenerator(child, question));
    if (finding.exclusion) return finding;
  }
  const rows = rowsOf(whole, question);
  if (rows.status !== 'ok') return finding;
  const forCluster = rows.rows.filter(
    row => clusterOfRow(row, [question.cluster]) !== undefined,
  );
  if (forCluster.length > 0) return finding;
  return join(finding, {
    checks: [
      {
        text: 'The sides of the matrix meet for the cluster',
        actual: `${rows.rows.length} combinations, none for it`,
        passed: false,
      },
    ],
    failing: [],
    exclusion: {
      reason: 'matrix-empty',
      sentence:
        rows.rows.length === 0
          ? `${nameOf(
              question,
            )} combines two generators of which one yields nothing.`
          : `${nameOf(
              question,
            )} combines two generators; no combination is for \`${
              question.cluster.name
            }\`.`,
    },
  });
}

function examineMerge(
  { generators = [], mergeKeys = [] }: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const [base, ...others] = generators;
  if (!base) return NOTHING;
  const finding = examineGenerator(base, question);
  if (!finding.exclusion) return finding;
  const hasOverride = others.some((other: Record<string, any>) => {
    const rows = rowsOf(other, question);
    return (
      rows.status === 'ok' &&
      rows.rows.some(row => clusterOfRow(row, [question.cluster]))
    );
  });
  if (!hasOverride) return finding;
  return {
    ...finding,
    exclusion: {
      reason: 'merge-base-missing',
      sentence: `${nameOf(question)} merges by ${someOf(
        mergeKeys,
      )}: a later generator has values for \`${
        question.cluster.name
      }\`, but the first one has no row for it, and only its rows count. ${
        finding.exclusion.sentence
      }`,
    },
  };
}

function rowsOf(
  generator: Record<string, any>,
  { applicationSet, hub }: GeneratorQuestion,
): GeneratorRows {
  return generatorRows(applicationSet, generator, hub);
}

/** What a list, the files of a repository or a decision yield, and whether the cluster and the service are in it. */
function examineRows(
  kind: 'list' | 'decision' | 'path',
  generator: Record<string, any>,
  question: GeneratorQuestion,
  what = kind === 'list' ? 'list' : 'decision resource',
): GeneratorFinding {
  const { cluster, service, hub, applicationSet } = question;
  const result = rowsOf(generator, question);
  if (result.status !== 'ok') return NOTHING;
  const { rows } = result;
  const reason = {
    list: 'list-element-missing',
    decision: 'decision-missing',
    path: 'path-pattern',
  }[kind];
  const excluded = (has: string, missing: string): GeneratorFinding => ({
    checks: [
      {
        text: `${missing} in the ${what}`,
        actual: has || 'nothing there',
        passed: false,
      },
    ],
    failing: [],
    exclusion: {
      reason,
      sentence: has
        ? `The ${what} of ${nameOf(question)} has ${has}, not ${missing}.`
        : `The ${what} of ${nameOf(question)} yields nothing.`,
    },
  });
  if (rows.length === 0) return excluded('', `\`${cluster.name}\``);
  const named = rows.flatMap(row => clusterOfRow(row, hub.clusters) ?? []);
  const forCluster = rows.filter(row => clusterOfRow(row, [cluster]));
  if (forCluster.length === 0) {
    if (named.length > 0)
      return excluded(
        someOf(named.map(({ name }) => name)),
        `\`${cluster.name}\``,
      );
    if (isForOneService(applicationSet)) return NOTHING;
  }
  const candidates = forCluster.length > 0 ? forCluster : rows;
  return isForOneService(applicationSet) ||
    candidates.some(row => namesService(row, service))
    ? {
        checks: [{ text: `In the ${what}`, actual: 'yes', passed: true }],
        failing: [],
      }
    : excluded(`${rows.length} other entries`, `\`${service}\``);
}

function examineGit(
  git: Record<string, any>,
  generator: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const field = git.files ? 'files' : 'directories';
  const entries: Array<{ path: string; exclude?: boolean }> = git[field] ?? [];
  const patterns = entries
    .filter(({ exclude }) => !exclude)
    .map(({ path }) => `\`${path}\``)
    .join(', ');
  const what = `${
    field === 'files' ? 'file' : 'directory'
  } pattern ${patterns}`;
  const finding = examineRows('path', generator, question, what);
  const excludes = entries.filter(({ exclude }) => exclude);
  if (!finding.exclusion || excludes.length === 0) return finding;
  const open = {
    ...generator,
    git: { ...git, [field]: entries.filter(({ exclude }) => !exclude) },
  };
  if (examineRows('path', open, question, what).exclusion) return finding;
  return {
    ...finding,
    exclusion: {
      reason: 'path-excluded',
      sentence: `${nameOf(question)} excludes ${excludes
        .map(({ path }) => `\`${path}\``)
        .join(', ')}, which would be for \`${question.service}\` on \`${
        question.cluster.name
      }\`.`,
    },
  };
}

function examinePostSelector(
  selector: Record<string, any>,
  unfiltered: Record<string, any>,
  question: GeneratorQuestion,
): GeneratorFinding {
  const result = rowsOf(unfiltered, question);
  if (result.status !== 'ok') return NOTHING;
  const own = result.rows.filter(row => clusterOfRow(row, [question.cluster]));
  const rows = own.length > 0 ? own : result.rows;
  const results = rows.map(row =>
    checkSelector(
      {
        path: '',
        matchLabels: selector.matchLabels ?? {},
        matchExpressions: selector.matchExpressions ?? [],
      },
      flattenParameters(row),
    ),
  );
  const misses = (checks: SelectorCheck[]) =>
    checks.filter(({ passed }) => !passed);
  const [nearest] = results.sort(
    (one, other) => misses(one).length - misses(other).length,
  );
  if (!nearest) return NOTHING;
  const [failing] = misses(nearest);
  const checks = nearest.map(asCheck);
  if (!failing) return { checks, failing: [] };
  const { text, actual } = asCheck(failing);
  return {
    checks,
    failing: [],
    exclusion: {
      reason: 'post-selector',
      sentence: `${nameOf(
        question,
      )} keeps of what its generator yields only that where ${text}; for \`${
        question.cluster.name
      }\` it is ${actual === 'no such label' ? 'not set' : `\`${actual}\``}.`,
    },
  };
}
