import { ConflictError } from '@backstage/errors';
import { HelmError } from '../../helm';
import type { FileChanges, RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository/indexRepository';
import {
  applicationCharts,
  chartInstances,
  RenderedApplication,
  renderApplications,
} from './applicationCharts';
import { ChartCluster, ChartModel, componentOf } from './model';

/** What an edit must do, and nothing else. */
export interface ExpectedEffect {
  component: string;
  clusters: ReadonlySet<string>;
  state: 'present' | 'absent';
}

/**
 * Renders the chart for every cluster with the changed files, and compares.
 *
 * @throws `ConflictError` where the component does not come or go as expected, or any other Application differs
 */
export function checkEffect(
  model: ChartModel,
  repository: RepositorySnapshot,
  changes: FileChanges,
  expected: ExpectedEffect,
): void {
  if (changes.size === 0) return;
  const after = withChanges(repository, changes);
  const files = [...changes.keys()].join(', ');
  const chart = applicationCharts(after).find(
    ({ directory }) => directory === model.chart.directory,
  );
  const instances = chart ? chartInstances(chart, after) : [];
  for (const cluster of model.clusters) {
    const instance = instances.find(
      ({ token, release }) =>
        token === cluster.token && release.name === cluster.release.name,
    );
    const rendered =
      chart && instance
        ? render(() => renderApplications(chart, instance, after), files)
        : [];
    compare(cluster, rendered, expected, files);
  }
}

function render(
  run: () => RenderedApplication[],
  files: string,
): RenderedApplication[] {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    throw new ConflictError(
      `The chart cannot be rendered with the changed ${files}: ${error.message}. Change the templates by hand first.`,
    );
  }
}

function compare(
  cluster: ChartCluster,
  rendered: RenderedApplication[],
  { component, clusters, state }: ExpectedEffect,
  files: string,
): void {
  const index = (applications: RenderedApplication[]) =>
    new Map(
      applications.map(({ application }) => [
        application.metadata.name,
        { application, text: JSON.stringify(application) },
      ]),
    );
  const before = index(cluster.applications);
  const after = index(rendered);
  const isMeant = clusters.has(cluster.name);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const found = (after.get(name) ?? before.get(name))!;
    if (after.get(name)?.text === before.get(name)?.text) continue;
    if (isMeant && componentOf(found.application, cluster) === component)
      continue;
    throw new ConflictError(
      `The change of ${files} would change the Application \`${name}\` too. Change the template of \`${component}\` so that a value of its own decides.`,
    );
  }
  if (!isMeant) return;
  const isPresent = rendered.some(
    ({ application }) => componentOf(application, cluster) === component,
  );
  if (isPresent !== (state === 'present')) {
    throw new ConflictError(
      `The change of ${files} does not ${
        isPresent ? 'take' : 'bring'
      } \`${component}\` ${isPresent ? 'from' : 'to'} cluster \`${
        cluster.name
      }\`: another value decides too. Look at the conditions in its template.`,
    );
  }
}
