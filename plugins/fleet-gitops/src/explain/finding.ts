import type { Check } from '@backstage-fleet/plugin-fleet-common';
import {
  describeOrigin,
  EvaluatedOrigin,
  indexRepository,
  OriginKind,
  RepositoryEvaluation,
  serviceApplications,
} from '../repository';
import type { Application, ApplicationSet } from '../model/argocd';
import type { ClusterRecord } from '../model/fleetSnapshot';
import type { RepositorySnapshot } from '../model/repository';
import { describeFailure } from '../repository/templateLine';
import { destinationCluster, readApplicationVersion } from '../sources';
import { findToggle } from './chartToggles';
import { examineGenerator, GeneratorFinding } from './generatorFinding';
import { someOf } from './rows';
import type {
  Answer,
  ExplainedApplication,
  ExplainOptions,
  Finding,
} from './types';

const KINDS: Record<OriginKind, string> = {
  applicationset: 'ApplicationSet',
  application: 'Application',
  chart: 'chart',
};

/** What a finding is about. */
export interface Question {
  cluster: ClusterRecord;
  evaluation: RepositoryEvaluation;
  options: ExplainOptions;
  /** Whether the service is anywhere; where it is not, a chart is searched only for switches of its name. */
  isKnown?: boolean;
}

export function registered({ hubId }: ExplainOptions, passed: boolean): Check {
  return {
    text: `Registered in ${hubId ?? 'the hub'}`,
    actual: passed ? 'yes' : 'no',
    passed,
  };
}

/** What an origin of Applications says about a service on a cluster. */
export function examine(origin: EvaluatedOrigin, question: Question): Finding {
  const { evaluation, options } = question;
  const { file, declared } = origin;
  const result = origin.evaluation;
  const common = {
    checks: [registered(options, true), ...chain(origin)],
    applications: [],
    ...(declared ? { applicationSet: origin.name } : {}),
    file,
  };
  if (result.status !== 'ok')
    return {
      failing: [],
      answer: { ...common, ...failed(origin, options.repository) },
    };
  const nearest = declared
    ? nearestGenerator(declared.object, question)
    : undefined;
  const checks = [...common.checks, ...(nearest?.checks ?? [])];
  const here = serviceApplications(
    options.service,
    question.cluster.name,
    origin,
    evaluation,
  );
  if (here.length > 0) {
    return {
      failing: [],
      answer: {
        ...common,
        checks: [
          ...common.checks,
          ...(nearest?.checks ?? []).filter(({ passed }) => passed),
        ],
        ...deployed(origin, here, question),
      },
    };
  }
  if (nearest?.exclusion) {
    const declaredIn =
      nearest.failing.length > 0
        ? indexRepository(options.repository).clusters.find(
            ({ name }) => name === question.cluster.name,
          )?.file
        : undefined;
    return {
      failing: nearest.failing,
      answer: {
        ...common,
        checks,
        ...nearest.exclusion,
        verdict: 'absent',
        file: declaredIn ?? file,
      },
    };
  }
  return {
    failing: [],
    answer:
      origin.kind === 'chart'
        ? { ...common, ...notRendered(origin, question) }
        : { ...common, checks, ...notGenerated(origin, question) },
  };
}

/** The way from the outermost Application to an origin, where there is more than the origin itself. */
function chain({ path }: EvaluatedOrigin): Check[] {
  if (path.length < 2) return [];
  return [
    {
      text: 'Made by',
      actual: path
        .map(({ kind, name, file }) => `${KINDS[kind]} ${name} (${file})`)
        .join(' → '),
      passed: true,
    },
  ];
}

function failed(
  origin: EvaluatedOrigin,
  repository: RepositorySnapshot,
): Pick<Answer, 'verdict' | 'reason' | 'sentence'> {
  const { evaluation } = origin;
  const name = describeOrigin(origin);
  const message = describeFailure(origin, repository);
  if (evaluation.status === 'not-evaluable') {
    return {
      verdict: 'not-evaluable',
      reason: 'not-evaluable',
      sentence: origin.declared
        ? `What ${name} generates cannot be computed from Git: ${message}`
        : `What comes of ${name} cannot be computed from Git: ${message}`,
    };
  }
  return {
    verdict: 'unknown',
    reason: 'evaluation-error',
    sentence: `${name} fails, so Argo CD creates and changes nothing: ${message}`,
  };
}

/** What the generator says that comes nearest to yielding the cluster. */
function nearestGenerator(
  applicationSet: ApplicationSet,
  { cluster, evaluation, options }: Question,
): GeneratorFinding | undefined {
  const generators: any[] = applicationSet.spec.generators ?? [];
  const misses = ({ checks }: GeneratorFinding) =>
    checks.filter(({ passed }) => !passed).length;
  return generators
    .map(generator =>
      examineGenerator(generator, {
        applicationSet,
        service: options.service,
        cluster,
        hub: evaluation.hub,
      }),
    )
    .sort((one, other) => misses(one) - misses(other))[0];
}

function deployed(
  origin: EvaluatedOrigin,
  applications: Application[],
  { cluster, evaluation, options }: Question,
): Pick<Answer, 'verdict' | 'reason' | 'sentence' | 'applications' | 'file'> {
  const version = readApplicationVersion(
    applications[0],
    evaluation.hub.repositories,
  )?.text;
  const names = applications
    .map(({ metadata }) => `\`${metadata.name}\``)
    .join(', ');
  const isOne = applications.length === 1;
  return {
    verdict: 'deployed',
    reason: 'deployed',
    sentence: `${isOne ? 'Application' : 'Applications'} ${names} ${
      isOne ? 'deploys' : 'deploy'
    } \`${options.service}\`${version ? ` ${version}` : ''} to \`${
      cluster.name
    }\`.`,
    file: fileOf(origin, applications[0]),
    applications: applications.map(application => made(origin, application)),
  };
}

/** The manifest, the ApplicationSet's file, or the template of the chart. */
function fileOf(
  { kind, file, evaluation }: EvaluatedOrigin,
  application: Application,
): string {
  if (kind !== 'chart' || evaluation.status !== 'ok') return file;
  return (
    evaluation.applications.find(
      generated => generated.application === application,
    )?.generator ?? file
  );
}

function made(
  { declared, path, evaluation }: EvaluatedOrigin,
  application: Application,
): ExplainedApplication {
  const { name, namespace = '' } = application.metadata;
  const generator =
    declared && evaluation.status === 'ok'
      ? evaluation.applications.find(
          generated => generated.application === application,
        )?.generator
      : undefined;
  return { name, namespace, path, ...(generator ? { generator } : {}) };
}

function notRendered(
  origin: EvaluatedOrigin,
  { cluster, evaluation, options, isKnown = true }: Question,
): Pick<Answer, 'verdict' | 'reason' | 'sentence' | 'checks' | 'file'> {
  const { service } = options;
  // What an Argo CD of its own makes of a chart is for its cluster.
  const isElsewhere = origin.home !== undefined && origin.home !== cluster.name;
  const toggle = isElsewhere
    ? undefined
    : findToggle(origin, evaluation, {
        service,
        cluster: cluster.name,
        isKnown,
      });
  const chart = describeOrigin(origin);
  const before = [registered(options, true), ...chain(origin)];
  if (!toggle) {
    return {
      verdict: 'absent',
      reason: 'not-rendered',
      sentence: `${chart} renders no Application of \`${service}\` for \`${cluster.name}\`, and no switch of its values would.`,
      checks: [
        ...before,
        { text: `Rendered by the chart`, actual: 'no', passed: false },
      ],
      file: origin.file,
    };
  }
  const { path, value, file } = toggle;
  return {
    verdict: 'absent',
    reason: 'toggle-off',
    sentence: `${chart} leaves \`${service}\` out on \`${
      cluster.name
    }\`: \`${path}\` is \`${value}\`${file ? ` in ${file}` : ''}.`,
    checks: [
      ...before,
      { text: `${path} is ${!value}`, actual: String(value), passed: false },
    ],
    file:
      file ??
      origin.path.find(({ kind }) => kind === 'application')?.file ??
      origin.file,
  };
}

function notGenerated(
  origin: EvaluatedOrigin,
  { cluster, evaluation: { hub }, options }: Question,
): Pick<Answer, 'verdict' | 'reason' | 'sentence'> {
  const others =
    origin.evaluation.status === 'ok'
      ? origin.evaluation.applications.flatMap(
          ({ application }) =>
            destinationCluster(application, hub.clusters) ?? [],
        )
      : [];
  if (!origin.declared) {
    return {
      verdict: 'absent',
      reason: 'not-declared',
      sentence: `${describeOrigin(origin)} deploys \`${options.service}\` to ${
        someOf(others) || 'a cluster that is not known'
      }; no Application deploys it to \`${cluster.name}\`.`,
    };
  }
  return {
    verdict: 'absent',
    reason: 'not-generated',
    sentence:
      others.length === 0
        ? `${describeOrigin(origin)} generates no Application for any cluster.`
        : `${describeOrigin(origin)} generates Applications for ${someOf(
            others,
          )}, none for \`${cluster.name}\`.`,
  };
}
