import { NotEvaluableError } from '../applicationset';
import { HelmError } from '../helm';
import type { Application } from '../model/argocd';
import {
  EvaluatedOrigin,
  RepositoryEvaluation,
  serviceOfApplication,
} from '../repository';
import { argoObjectsOf } from '../repository/argoObjects';
import { parseManifests } from '../repository/manifests';
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

type Path = string[];

function switches(
  values: unknown,
  path: Path = [],
): Array<{ path: Path; value: boolean }> {
  if (typeof values === 'boolean') return [{ path, value: values }];
  if (!values || typeof values !== 'object' || Array.isArray(values)) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    switches(value, [...path, key]),
  );
}

const SWITCH = /^(enabled?|deploy(ed)?|install(ed)?|create|active)$/i;

/** Values that templates ask for by the name of a switch and that nothing sets: off. */
function unsetSwitches({ repository, path }: ResolvedSource, values: unknown) {
  const found = new Map<string, { path: Path; value: boolean }>();
  for (const [file, text] of filesBelow(repository, path)) {
    if (!file.startsWith('templates/')) continue;
    for (const [, reference] of text.matchAll(
      /\.Values((?:\.[A-Za-z_][A-Za-z0-9_]*)+)/g,
    )) {
      const keys = reference.slice(1).split('.');
      if (SWITCH.test(keys[keys.length - 1]) && at(values, keys) === undefined)
        found.set(reference, { path: keys, value: false });
    }
  }
  return [...found.values()];
}

/** `order-history`, `order_history` and `orderHistory` are one name. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string) =>
    snakeCase(name).replace(/_/g, '').toLowerCase();
  return plain(one) === plain(other);
}

function at(values: unknown, path: Path): unknown {
  return path.reduce<any>(
    (value, key) =>
      value && typeof value === 'object' ? value[key] : undefined,
    values,
  );
}

/** The place that has the last word on a value. */
function fileOf(source: ResolvedSource, path: Path): string | undefined {
  const { helm } = source.source;
  const inApplication =
    at(helm?.valuesObject, path) !== undefined ||
    helm?.parameters?.some(({ name }) => name === path.join('.'));
  if (inApplication) return undefined;
  const defaults = source.path ? `${source.path}/values.yaml` : 'values.yaml';
  return [
    ...[...source.valueFiles].reverse(),
    { file: defaults, repository: source.repository },
  ].find(
    ({ file, repository }) =>
      at(readYamlFile(repository, file), path) !== undefined,
  )?.file;
}

function asParameter(path: Path): string {
  return path.map(key => key.replace(/[.\\[]/g, '\\$&')).join('.');
}

/** The Applications that a chart renders with one value turned round; none where it fails. */
function renderedWith(
  application: Application,
  source: ResolvedSource,
  { path, value }: { path: Path; value: boolean },
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
    return [...texts].flatMap(([file, text]) =>
      argoObjectsOf(parseManifests(file, text).objects).applications.map(
        ({ object }) => object,
      ),
    );
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
    const values = helmValues(source);
    const all = [...switches(values), ...unsetSwitches(source, values)];
    const isNamed = ({ path }: { path: Path }) =>
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
