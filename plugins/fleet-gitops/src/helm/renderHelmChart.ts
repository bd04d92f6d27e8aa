import { int } from '../gotemplate/values/types';
import type { GoDict } from '../gotemplate/values/types';
import { HelmCapabilities, DEFAULT_CAPABILITIES } from './capabilities';
import { loadChart, readYamlMap } from './chart';
import { resolveDependencies } from './dependencies';
import { renderTemplates } from './engine';
import { validateValues } from './schema';
import { SetValue, setValues } from './setValues';
import { coalesceValues, copyValues, mergeValueFiles } from './values';

/** What to render. */
export interface RenderHelmChartInput {
  /** Content of the chart's files by path relative to its folder: `Chart.yaml`, `templates/app.yaml`. */
  chart: ReadonlyMap<string, string>;
  /** Contents of values files; a later one overrides an earlier one. */
  valueFiles?: readonly string[];
  /** Values merged last, as `--set` does. */
  set?: object;
  /** Single values put into all of these, as `--set` and `--set-string` arguments are. */
  parameters?: readonly SetValue[];
  release?: {
    /** Defaults to `release`. */
    name?: string;
    /** Defaults to `default`. */
    namespace?: string;
    /** Defaults to 1. */
    revision?: number;
    /** Defaults to true. */
    isInstall?: boolean;
  };
  /** Defaults to Kubernetes v1.20.0 with the API versions of client-go. */
  capabilities?: Partial<HelmCapabilities>;
  /** The time for `now`; without it, templates that ask for the time are not evaluable. */
  now?: () => Date;
  /** Random bytes; without them, templates that ask for random values are not evaluable. */
  randomBytes?: (count: number) => Uint8Array;
}

/**
 * Renders a chart as `helm template` does (Helm 3): dependencies with conditions, tags, aliases and imported values,
 * values coalesced with the chart's own, values.schema.json, `include`, `tpl`, `required`, `.Files`, `.Capabilities`.
 * There is no cluster: `lookup` finds nothing.
 *
 * @returns the rendered text by template path (`CHART/templates/app.yaml`), sorted by path; partials, whose names
 *   begin with an underscore, are not in it
 * @throws HelmError when the chart or the values are invalid or a template fails, with the path and the line
 */
export function renderHelmChart(
  input: RenderHelmChartInput,
): Map<string, string> {
  const { release = {} } = input;
  const chart = loadChart(input.chart);
  const fromFiles = (input.valueFiles ?? []).map((content, index) =>
    readYamlMap(content, `values file ${index + 1}`),
  );
  const merged = [...fromFiles, (input.set ?? {}) as GoDict].reduce(
    mergeValueFiles,
    {},
  );
  const given = copyValues(setValues(merged, input.parameters ?? []));
  resolveDependencies(chart, given);
  const values = coalesceValues(chart, given);
  validateValues(chart, values);
  const isInstall = release.isInstall ?? true;
  return renderTemplates(
    chart,
    values,
    {
      Name: release.name ?? 'release',
      Namespace: release.namespace ?? 'default',
      Revision: int(release.revision ?? 1),
      IsInstall: isInstall,
      IsUpgrade: !isInstall,
      Service: 'Helm',
    },
    { ...DEFAULT_CAPABILITIES, ...input.capabilities },
    { now: input.now, randomBytes: input.randomBytes },
  );
}
