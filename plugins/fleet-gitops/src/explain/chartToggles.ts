import { NotEvaluableError } from '../applicationset';
import { HelmError } from '../helm';
import type { Application } from '../model/argocd';
import {
  EvaluatedOrigin,
  RepositoryEvaluation,
  serviceOfApplication,
} from '../repository';
import { applicationsIn } from '../repository/renderedApplications';
import { snakeCase } from '../repository/serviceName';
import { destinationCluster } from '../sources';
import { filesBelow } from '../sources/directoryFiles';
import {
  helmValues,
  ResolvedSource,
  resolveSources,
} from '../sources/helmValues';
import { helmRelease, renderRelease } from '../sources/renderSource';
import { sourceKind } from '../sources/sourceKind';
import { sourcesOf } from '../sources/version';
import { valueAt, ValuesPath } from '../sources/values';
import { valueSwitches } from '../sources/valueSwitches';
import { readYamlFile } from '../sources/yamlFiles';

/** A value of a chart of Applications that keeps a service away from a cluster. */
export interface ChartToggle {
  /** Dotted path of the value. */
  path: string;
  value: boolean;
  /** The file that says it; absent where it is in the Application itself. */
  file?: string;
}

/** What is looked for. */
export interface ToggleQuestion {
  service: string;
  cluster: string;
  /** Whether switches that are not named for the service are tried too. */
  isKnown: boolean;
}

/** Switches that are tried where none is named for the service. */
const MAX_TRIALS = 40;

/** `order-history`, `order_history` and `orderHistory` are one name. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string) =>
    snakeCase(name).replace(/_/g, '').toLowerCase();
  return plain(one) === plain(other);
}

/** The place that has the last word on a value. */
function fileOf(source: ResolvedSource, path: ValuesPath): string | undefined {
  const { helm } = source.source;
  const inApplication =
    valueAt(helm?.valuesObject, path) !== undefined ||
    helm?.parameters?.some(({ name }) => name === path.join('.'));
  if (inApplication) return undefined;
  const defaults = source.path ? `${source.path}/values.yaml` : 'values.yaml';
  return [
    ...[...source.valueFiles].reverse(),
    { file: defaults, repository: source.repository },
  ].find(
    ({ file, repository }) =>
      valueAt(readYamlFile(repository, file), path) !== undefined,
  )?.file;
}

function asParameter(path: ValuesPath): string {
  return path.map(key => key.replace(/[.\\[]/g, '\\$&')).join('.');
}

/** The Applications that a chart renders with one value turned round; none where it fails. */
function renderedWith(
  application: Application,
  source: ResolvedSource,
  { path, value }: { path: ValuesPath; value: boolean },
): Application[] {
  try {
    const release = helmRelease(application, source);
    const parameters = [
      ...(release.input.parameters ?? []),
      { name: asParameter(path), value: String(!value) },
    ];
    const texts = renderRelease({
      ...release,
      input: { ...release.input, parameters },
    });
    return [...texts.values()].flatMap(applicationsIn);
  } catch (error) {
    if (error instanceof HelmError || error instanceof NotEvaluableError)
      return [];
    throw error;
  }
}

/**
 * The switch in the values of a chart of Applications that keeps a service away from a cluster, found by turning switches
 * round one at a time: the chart may write its conditions as it likes.
 *
 * @returns `undefined` where no single switch brings the service
 */
export function findToggle(
  origin: EvaluatedOrigin,
  { hub }: RepositoryEvaluation,
  { service, cluster, isKnown }: ToggleQuestion,
): ChartToggle | undefined {
  const { application, home } = origin;
  if (!application) return undefined;
  for (const source of resolveSources(
    sourcesOf(application),
    hub.repositories,
  )) {
    if (sourceKind(source) !== 'chart') continue;
    // What nothing sets is off.
    const all = valueSwitches(
      helmValues(source) ?? {},
      filesBelow(source.repository, source.path),
    ).map(({ path, value = false }) => ({ path, value }));
    const isNamed = ({ path }: { path: ValuesPath }) =>
      path.some(key => sameName(key, service));
    const candidates = [
      ...all.filter(isNamed),
      ...all
        .filter(candidate => isKnown && !isNamed(candidate))
        .slice(0, MAX_TRIALS),
    ];
    for (const candidate of candidates) {
      const brings = renderedWith(application, source, candidate).some(
        rendered => {
          const goesTo =
            destinationCluster(rendered, hub.clusters) ??
            rendered.spec.destination?.name;
          return (
            (goesTo === cluster ||
              (goesTo === 'in-cluster' && home === cluster)) &&
            serviceOfApplication(rendered, cluster) === service
          );
        },
      );
      if (brings) {
        const file = fileOf(source, candidate.path);
        return {
          path: candidate.path.join('.'),
          value: candidate.value,
          ...(file === undefined ? {} : { file }),
        };
      }
    }
  }
  return undefined;
}
