import { HelmError } from '../../helm';
import type { RepositorySnapshot } from '../../model/repository';
import {
  isValues,
  mergeValues,
  valueAt,
  Values,
  ValuesPath,
  valuesWith,
} from '../../sources/values';
import { isNamedSwitch, valueSwitches } from '../../sources/valueSwitches';
import { readYamlFile } from '../../sources/yamlFiles';
import {
  ApplicationChart,
  ChartInstance,
  pathIn,
  RenderedApplication,
  renderApplications,
} from './applicationCharts';

/** The value that switches an Application of a chart on and off. */
export interface ApplicationToggle {
  path: ValuesPath;
  /** The value that switches it on. */
  on: boolean;
}

/** What the values of a chart decide about one of its Applications. */
export interface ApplicationControls {
  toggle: ApplicationToggle;
  /** The value that says its version, where it has one of its own; it need not be set. */
  version?: ValuesPath;
}

/** Keys beside a toggle that may hold the version, the one that people mean first. */
const VERSION_KEYS: readonly ValuesPath[] = [
  ['image', 'tag'],
  ['imageTag'],
  ['tag'],
  ['version'],
  ['chartVersion'],
  ['targetRevision'],
  ['revision'],
];

/** Reads the value of any cluster, so that every toggle and version key that is used anywhere is seen. */
export function allValues(
  chart: ApplicationChart,
  instances: ChartInstance[],
  repository: RepositorySnapshot,
): Values {
  const files = new Set([
    pathIn(chart, 'values.yaml'),
    ...instances.flatMap(({ valueFiles }) => valueFiles),
  ]);
  return [
    ...[...files].map(file => readYamlFile(repository, file)),
    ...instances.map(({ inline }) => inline),
  ].reduce<Values>(
    (merged, values) =>
      isValues(values) ? mergeValues(merged, values) : merged,
    {},
  );
}

function nameOf({ application }: RenderedApplication): string {
  return application.metadata.name;
}

/**
 * Finds out which value switches which Application, by rendering the chart with each of them switched: templates may
 * write the condition as they like.
 *
 * @returns controls by Application name, with the names that they have in this instance
 */
export function findControls(
  chart: ApplicationChart,
  instance: ChartInstance,
  values: Values,
  repository: RepositorySnapshot,
): { controls: Map<string, ApplicationControls>; all: RenderedApplication[] } {
  const toggles = valueSwitches(values, chart.files);
  const render = (overrides: Values): RenderedApplication[] | undefined => {
    try {
      return renderApplications(chart, instance, repository, overrides);
    } catch (error) {
      if (error instanceof HelmError) return undefined;
      throw error;
    }
  };
  // With everything on, a toggle inside another one shows its effect too.
  const everything = toggles
    .filter(({ path }) => isNamedSwitch(path))
    .reduce<Values>(
      (merged, { path, on }) => mergeValues(merged, valuesWith(path, on)),
      {},
    );
  const base = render(everything) ? everything : {};
  const all = render(base) ?? [];
  const best = new Map<string, { toggle: ApplicationToggle; effect: number }>();
  for (const { path, on } of toggles) {
    // What is on already is only rendered without it.
    const states = [on, !on].map(state =>
      valueAt(base, path) === state
        ? all
        : render(mergeValues(base, valuesWith(path, state))),
    );
    if (!states[0] || !states[1]) continue;
    const [names, others] = states.map(state => new Set(state!.map(nameOf)));
    const brought = [...names].filter(name => !others.has(name));
    const taken = [...others].filter(name => !names.has(name));
    const isOn = taken.length > 0 && brought.length === 0 ? !on : on;
    const effect = isOn === on ? brought : taken;
    if (effect.length === 0 || (brought.length > 0 && taken.length > 0))
      continue;
    for (const name of effect) {
      const known = best.get(name);
      if (!known || effect.length < known.effect)
        best.set(name, { toggle: { path, on: isOn }, effect: effect.length });
    }
  }
  const found = new Map<string, ApplicationControls>(
    [...best].map(([name, { toggle }]) => [name, { toggle }]),
  );
  const versions = findVersions(found, overrides =>
    render(mergeValues(base, overrides)),
  );
  for (const [name, version] of versions) found.get(name)!.version = version;
  return { controls: found, all };
}

/** Versions that nobody has, to see where they come out. */
const MARK = '978654.321';

/**
 * Finds the value that says the version of an Application: one of the usual keys beside its toggle which, set, comes out
 * in the Application's source, and in no other's.
 */
function findVersions(
  controls: ReadonlyMap<string, ApplicationControls>,
  render: (overrides: Values) => RenderedApplication[] | undefined,
): Map<string, ValuesPath> {
  const names = [...controls.keys()];
  const found = new Map<string, ValuesPath>();
  for (const key of VERSION_KEYS) {
    const pathOf = (name: string): ValuesPath => [
      ...controls.get(name)!.toggle.path.slice(0, -1),
      ...key,
    ];
    // Toggles that share one map have no version key of their own.
    const own = names.filter(
      name =>
        pathOf(name).length > key.length &&
        names.every(
          other =>
            other === name ||
            pathOf(other).join('.') !== pathOf(name).join('.'),
        ),
    );
    const rendered = render(
      own.reduce<Values>(
        (merged, name) =>
          mergeValues(
            merged,
            valuesWith(pathOf(name), `${MARK}.${names.indexOf(name)}`),
          ),
        {},
      ),
    );
    for (const name of own) {
      if (found.has(name)) continue;
      const mark = `"${MARK}.${names.indexOf(name)}"`;
      const marked = (rendered ?? []).filter(({ application }) => {
        const { source, sources } = application.spec;
        return JSON.stringify([source, sources]).includes(mark);
      });
      if (marked.length === 1 && nameOf(marked[0]) === name)
        found.set(name, pathOf(name));
    }
  }
  return found;
}
